import { rateChart, type ReportSection } from '@dead-directions/plot'
import { nodeDocument } from '@dead-directions/plot/node'
import type { Line, Summary } from '../experiment.ts'
import { intervalText, medianInterval, shortNumber, signTest } from '../statistics.ts'
import type { ScaleCell, ScaleResult } from './scale-cell.ts'

type ScaleLine = Line<ScaleCell, ScaleResult>

/** Steps by optimizer and scale, with the learning rate that is best at c = 1 and with the best one at every c. */
export function summarise(lines: readonly ScaleLine[]): Summary {
  const optimizers = [...new Set(lines.map(({ cell }) => cell.optimizer))]
  // Of a run that was cut short: the scales that every optimizer has seen.
  const scales = [...new Set(lines.map(({ cell }) => cell.c))].filter(c => optimizers.every(optimizer => at(lines, optimizer, c).length > 0)).sort((a, b) => a - b)
  if (!scales.includes(1)) return { findings: [], sections: [] }
  const balanced = (optimizer: string): number => bestRate(at(lines, optimizer, 1))
  const fixed = (optimizer: string, c: number): readonly number[] => steps(at(lines, optimizer, c), balanced(optimizer))
  const tuned = (optimizer: string, c: number): readonly number[] => {
    const own = at(lines, optimizer, c)
    return steps(own, bestRate(own))
  }
  return {
    findings: [...optimizers.map(optimizer => finding(optimizer, scales, fixed)), ...scales.filter(c => c !== 1).map(c => comparison(c, fixed))],
    sections: [
      { ...section('Steps with the learning rate that is best at c = 1', optimizers, scales, fixed), charts: [chart(optimizers, scales, fixed)] },
      section('Steps with the best learning rate at every c', optimizers, scales, tuned),
    ],
  }
}

type StepsOf = (optimizer: string, c: number) => readonly number[]

function at(lines: readonly ScaleLine[], optimizer: string, c: number): readonly ScaleLine[] {
  return lines.filter(({ cell }) => cell.optimizer === optimizer && cell.c === c)
}

/** Steps of every seed with the learning rate of an index, Infinity where the target was not reached. */
function steps(lines: readonly ScaleLine[], rate: number): readonly number[] {
  return lines.map(({ result }) => result.steps[rate] ?? Infinity)
}

function bestRate(lines: readonly ScaleLine[]): number {
  const medians = (lines[0] as ScaleLine).cell.learningRates.map((_, rate) => medianInterval(steps(lines, rate)).median)
  return medians.indexOf(Math.min(...medians))
}

function finding(optimizer: string, scales: readonly number[], fixed: StepsOf): string {
  const same = scales.every(c => fixed(optimizer, c).join() === fixed(optimizer, 1).join())
  const medians = scales.map(c => medianInterval(fixed(optimizer, c)).median)
  return same
    ? `${optimizer}: on every seed the same number of steps at every c, median ${intervalText(medianInterval(fixed(optimizer, 1)))}.`
    : `${optimizer}: median ${scales.map((c, i) => `${shortNumber(medians[i] as number)} at c = ${c}`).join(', ')}.`
}

function comparison(c: number, fixed: StepsOf): string {
  const [ours, theirs] = [fixed('ddcadam', c), fixed('adam', c)]
  // Of a run that was cut short one may have seen a seed more.
  const pairs = ours.slice(0, theirs.length).map((mine, i) => [mine, theirs[i] as number] as const)
  const differences = pairs.map(([mine, other]) => (mine === other ? 0 : mine - other))
  const fewer = differences.filter(x => x < 0).length
  return `c = ${c}: ddcadam takes fewer steps than adam on ${fewer} of ${pairs.length} seeds (sign test p = ${shortNumber(signTest(differences))}).`
}

function section(heading: string, optimizers: readonly string[], scales: readonly number[], of: StepsOf): ReportSection {
  const rows = optimizers.map(optimizer => [optimizer, ...scales.map(c => intervalText(medianInterval(of(optimizer, c))))])
  const { confidence, count } = medianInterval(of(optimizers[0] as string, 1))
  return {
    heading,
    paragraphs: [`Median over ${count} seeds; the interval holds the median with ${Math.round(100 * confidence)} %. "never": not within the steps allowed.`],
    table: { columns: ['optimizer', ...scales.map(c => `c = ${c}`)], rows },
    charts: [],
  }
}

function chart(optimizers: readonly string[], scales: readonly number[], of: StepsOf): string {
  const series = optimizers.map(optimizer => ({ name: optimizer, t: scales, values: scales.map(c => medianInterval(of(optimizer, c)).median) }))
  return rateChart({ title: 'Median steps to the target', xLabel: 'imbalance c', yLabel: 'steps', series }, { document: nodeDocument() })
}
