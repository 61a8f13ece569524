import type { BenchmarkResult, Row } from './benchmark.ts'

/** Three significant digits, without exponents between a thousandth and a million. */
export function threeDigits(value: number): string {
  const size = Math.abs(value)
  return size >= 100 && size < 1e6 ? value.toFixed(0) : value.toPrecision(3)
}

/** One benchmark as lines of aligned columns. */
export function formatTable({ name, reference, rounds, rows }: BenchmarkResult): string {
  const head = ['candidate', 'ms', `times as fast as ${reference}`, '10–90 %', 'note']
  const cells = [head, ...rows.map(cellsOf)]
  const widths = head.map((_, column) => Math.max(...cells.map(row => row[column]!.length)))
  const lines = cells.map(row => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd())
  return [`${name} (${rounds} rounds)`, ...lines].join('\n')
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
