import type { BenchmarkResult, ComparisonResult, Row } from './benchmark.ts'
import type { GrowthPoint, GrowthResult } from './growth.ts'

/** Three significant digits, without exponents between a thousandth and a million. */
export function threeDigits(value: number): string {
  const size = Math.abs(value)
  return size >= 100 && size < 1e6 ? value.toFixed(0) : value.toPrecision(3)
}

/**
 * One benchmark as lines of aligned columns.
 *
 * @example
 * import { formatTable } from '@dead-directions/bench'
 *
 * console.log(formatTable({ name: 'readout', quantities: [{ quantity: 'time', value: 1.234, unit: 's' }] }))
 */
export function formatTable(result: BenchmarkResult): string {
  if ('rows' in result) return comparisonTable(result)
  if ('series' in result) return growthTable(result)
  const cells = result.quantities.map(row => {
    if ('remark' in row) return [row.quantity, row.remark, '']
    return [row.quantity, Number.isInteger(row.value) ? String(row.value) : threeDigits(row.value), row.unit]
  })
  return [result.name, ...aligned(cells)].join('\n')
}

function comparisonTable({ name, reference, rounds, rows }: ComparisonResult): string {
  const head = ['candidate', 'ms', `times as fast as ${reference}`, '10–90 %', 'note']
  return [heading(name, rounds), ...aligned([head, ...rows.map(cellsOf)])].join('\n')
}

function growthTable({ name, rounds, series }: GrowthResult): string {
  const rows = series.flatMap(({ name, variable, points, powerLaw }) => [
    ...points.map(point => [name, `${variable} ${point.size}`, threeDigits(point.seconds.median), ...exponentCells(point)]),
    [name, 'all', '', powerLaw.exponent.toFixed(2), `± ${powerLaw.standardError.toFixed(2)}`],
  ])
  return [heading(name, rounds), ...aligned([['series', 'size', 's', 'exponent', '10–90 %'], ...rows])].join('\n')
}

function exponentCells({ exponent }: GrowthPoint): string[] {
  return exponent === null ? ['', ''] : [exponent.median.toFixed(2), `${exponent.low.toFixed(2)}–${exponent.high.toFixed(2)}`]
}

function heading(name: string, rounds: number): string {
  return `${name} (${rounds} round${rounds === 1 ? '' : 's'})`
}

function aligned(cells: readonly (readonly string[])[]): readonly string[] {
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map(row => row[column]!.length))) ?? []
  return cells.map(row => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd())
}

function cellsOf(row: Row): string[] {
  const note = row.note ?? ''
  if ('absent' in row) return [row.candidate, row.absent, '', '', note]
  const { low, median, high } = row.ratio
  return [
    row.candidate,
    threeDigits(row.milliseconds),
    threeDigits(median),
    `${threeDigits(low)}–${threeDigits(high)}`,
    note,
  ]
}
