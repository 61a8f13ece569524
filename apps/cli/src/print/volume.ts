import Table from 'cli-table3'
import type { MeasuredVolume } from '../measured-volume.ts'
import { size } from './number-text.ts'
import { wrapped } from './wrapped.ts'

/** Prints λ and m, the levels they were read from, and what ran. */
export function printVolume(measured: MeasuredVolume): void {
  process.stdout.write(`${volumeText(measured)}\n`)
}

/** The same as text. */
export function volumeText(measured: MeasuredVolume): string {
  const { law, levels, mode, samples, seed, seconds, samplesPerSecond } = measured
  const shown = (text: string, refused: string | null): string => (refused === null ? text : '')
  const table = new Table({ head: ['ε', 'volume', '±', 'used', ''], colAligns: ['right', 'right', 'right', 'left', 'left'], style: { head: [], border: [], compact: true } })
  for (const { epsilon, volume, standardError, refused } of levels) {
    const used = refused === null && law.kind !== 'refused' && epsilon >= law.window[0] && epsilon <= law.window[1]
    table.push([epsilon.toExponential(1), shown(volume.toExponential(4), refused), shown(`${((100 * standardError) / volume).toFixed(2)} %`, refused), used ? '✓' : '', refused === null ? '' : wrapped('', refused, 60)])
  }
  return [
    table.toString(),
    ...lawLines(measured),
    `sampled ${samples} points a level in mode ${mode}, seed ${seed}: ${(samplesPerSecond / 1e6).toFixed(0)} million points a second, ${(seconds.fitting + seconds.sampling).toFixed(1)} s`,
  ].join('\n')
}

function lawLines({ law, closedForm }: MeasuredVolume): string[] {
  const newton = closedForm === null ? 'no closed form' : `λ ${closedForm.exact ? '=' : '≤'} ${closedForm.lambdaFraction}, m = ${closedForm.multiplicity}, Newton polyhedron at the origin`
  if (law.kind === 'refused') return [wrapped('λ        refused: ', law.reason, 120), `closed   ${newton}`]
  const { lambda, standardError, multiplicity, window, candidates } = law
  const chosen = candidates.find(candidate => candidate.multiplicity === multiplicity)!
  const decimals = Math.max(3, Math.min(10, 1 - Math.floor(Math.log10(standardError))))
  return [
    `λ        ${lambda.toFixed(decimals)} ± ${size(standardError)}, ε from ${size(window[0])} to ${size(window[1])}`,
    `m        ${multiplicity}, probability ${chosen.probability.toFixed(3)}, χ² = ${chosen.chiSquared.toFixed(1)} for ${chosen.freedom}`,
    `closed   ${newton}`,
  ]
}
