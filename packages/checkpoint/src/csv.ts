import { BadInput } from '@dead-directions/registry'
import Papa from 'papaparse'
import { checkWidth, type Inputs } from './input-table.ts'

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const numeric = /^[+-]?(nan|inf|infinity)$/i

/**
 * The numbers of a CSV file: commas between columns, one sample a line, and a header line or none.
 *
 * The first line is a header when none of its cells is a number; blank lines are passed over.
 *
 * @param text of the file
 * @param width expected number of columns
 * @param field what to call the file in an error, for instance `inputs x.csv`
 * @returns `rows × width` values, row-major
 * @throws BadInput naming line and column of what is no finite number, a line of another width, or an empty file
 * @example
 * import { parseCsv } from '@dead-directions/checkpoint/bytes'
 * parseCsv('a,b\n1,2\n3,4\n', 2, 'inputs x.csv') // { rows: 2, cols: 2, data: [1, 2, 3, 4] }
 */
export function parseCsv(text: string, width: number, field: string): Inputs {
  const { data: lines, errors } = Papa.parse<string[]>(text, { delimiter: ',' })
  const [error] = errors
  if (error !== undefined) throw new BadInput(`${field} line ${(error.row ?? 0) + 1}`, error.message, 'comma-separated numbers')
  const cells = lines
    .map((line, i) => ({ line: line.map(cell => cell.trim()), place: `${field} line ${i + 1}` }))
    .filter(({ line }) => line.length > 1 || line[0] !== '')
  if (cells[0]?.line.every(cell => !number.test(cell) && !numeric.test(cell))) cells.shift()
  const [first] = cells
  if (first === undefined) throw new BadInput(`${field} rows`, 0, 'at least one')
  checkWidth(first.line.length, width, field)
  const data = new Float64Array(cells.length * width)
  cells.forEach(({ line, place }, row) => {
    checkWidth(line.length, width, place)
    line.forEach((cell, column) => {
      const value = number.test(cell) ? Number(cell) : NaN
      if (!Number.isFinite(value)) throw new BadInput(`${place} column ${column + 1}`, cell, 'a finite number')
      data[row * width + column] = value
    })
  })
  return { rows: cells.length, cols: width, data }
}
