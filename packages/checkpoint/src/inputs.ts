import { extname } from 'node:path'
import { BadInput } from '@dead-directions/registry'
import { parseCsv } from './csv.ts'
import { readBytes, replaceFiles } from './folder.ts'
import { type Inputs, inputsOf } from './input-table.ts'
import { encodeNpy, parseNpy } from './npy.ts'

/**
 * Reads the inputs of a network from a `.npy` or `.csv` file, one sample per row.
 *
 * @param path of the file; a `.npy` of one axis is a column when `width` is 1
 * @param width expected number of columns
 * @returns `rows × width` values, row-major
 * @throws BadInput naming the file and what is wrong: another width, a value that is no finite number, no rows, another kind of file
 * @example
 * import { readInputs } from '@dead-directions/checkpoint'
 * const { rows, cols, data } = await readInputs('inputs.npy', 4)
 */
export async function readInputs(path: string, width: number): Promise<Inputs> {
  const field = `inputs ${path}`
  switch (extname(path).toLowerCase()) {
    case '.npy':
      return inputsOf(parseNpy(await readBytes(path), field), width, field)
    case '.csv':
      return parseCsv(new TextDecoder().decode(await readBytes(path)), width, field)
    default:
      throw new BadInput(field, extname(path), 'a .npy or .csv file')
  }
}

/**
 * Writes a matrix as a float64 `.npy` file, beside its place and then renamed.
 *
 * @param data `rows × cols` values, row-major
 * @throws BadInput when the length of `data` is another
 * @example
 * import { writeNpy } from '@dead-directions/checkpoint'
 * await writeNpy('inputs.npy', 2, 1, Float64Array.of(0.5, -0.5))
 */
export async function writeNpy(path: string, rows: number, cols: number, data: Float64Array): Promise<void> {
  await replaceFiles(new Map([[path, encodeNpy(rows, cols, data)]]))
}
