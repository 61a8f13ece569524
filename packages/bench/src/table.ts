import type { BenchmarkResult, ComparisonResult, Row } from './benchmark.ts'

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
  const cells = result.quantities.map(row => {
    if ('remark' in row) return [row.quantity, row.remark, '']
    return [row.quantity, Number.isInteger(row.value) ? String(row.value) : threeDigits(row.value), row.unit]
  })
  return [result.name, ...aligned(cells)].join('\n')
}

function comparisonTable({ name, reference, rounds, rows }: ComparisonResult): string {
  const head = ['candidate', 'ms', `times as fast as ${reference}`, '10–90 %', 'note']
  return [`${name} (${rounds} round${rounds === 1 ? '' : 's'})`, ...aligned([head, ...rows.map(cellsOf)])].join('\n')
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
