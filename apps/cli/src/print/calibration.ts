import type { CalibrationRow } from '@dead-directions/calibration'
import Table from 'cli-table3'
import { fixed, withError } from './number-text.ts'
import { shortened, wrapped } from './wrapped.ts'

const WIDTH = 120

/** A calibration as text: what each road says of each model beside the exact value, then who refused and why, then the count. */
export function calibrationText(rows: readonly CalibrationRow[]): string {
  const table = new Table({
    head: ['model', 'exact λ', 'm', 'road', 'λ', 'm', 'error', 'bar', 'seconds', 'passes', ''],
    colAligns: ['left', 'right', 'right', 'left', ...Array.from({ length: 6 }, () => 'right' as const), 'left'],
    style: { head: [], border: [], compact: true },
  })
  const claimed = rows.filter(({ lambda }) => lambda !== null)
  claimed.forEach((row, i) => table.push(cells(row, claimed[i - 1]?.model === row.model)))
  const wrong = claimed.filter(({ withinBar }) => !withinBar)
  const held = wrong.length === 0 ? 'all' : claimed.length - wrong.length
  const count = `${claimed.length === 0 ? 'no value' : `${claimed.length} values, ${held} within their error bars`}; ${rows.length - claimed.length} refused; ${fixed(rows.reduce((sum, { seconds }) => sum + seconds, 0), 1)} s`
  return [...(claimed.length === 0 ? [] : [table.toString()]), ...refusals(rows), count].join('\n')
}

function cells({ model, exact, road, lambda, standardError, multiplicity, error, bar, seconds, passes, withinBar }: CalibrationRow, repeated: boolean): string[] {
  return [
    ...(repeated ? ['', '', ''] : [shortened(model, 24), exact.lambdaFraction, String(exact.multiplicity)]),
    road,
    standardError === 0 ? String(Number(fixed(lambda!, 6))) : withError(lambda!, standardError!),
    multiplicity === null ? '' : String(multiplicity),
    error === 0 ? '0' : error!.toExponential(1),
    bar!.toExponential(1),
    fixed(seconds, 2),
    String(passes),
    withinBar ? '✓' : '✗',
  ]
}

/** A paragraph per road and reason, with the models it was given for. */
function refusals(rows: readonly CalibrationRow[]): string[] {
  const reasons = new Map<string, string[]>()
  for (const { road, refused, model } of rows) {
    if (refused === undefined) continue
    const key = `${road}: ${refused}`
    reasons.set(key, [...(reasons.get(key) ?? []), model])
  }
  return [...reasons].map(([reason, models]) => wrapped('refused  ', `${reason}: ${models.join(', ')}`, WIDTH))
}
