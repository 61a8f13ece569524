import { rateChart, type ReportSection } from '@dead-directions/plot'
import { nodeDocument } from '@dead-directions/plot/node'
import type { Line, Summary } from '../experiment.ts'
import { intervalText, medianInterval, shortNumber, signTest } from '../statistics.ts'
import type { GrokCell, GrokResult } from './grok-cell.ts'

type GrokLine = Line<GrokCell, GrokResult>

/** Steps to learn and to grok by modulus and optimizer, each with the learning rate of its least median. */
export function summarise(lines: readonly GrokLine[]): Summary {
  const moduli = [...new Set(lines.map(({ cell }) => cell.modulus))]
  const groups = moduli.map(modulus => ({ modulus, all: lines.filter(({ cell }) => cell.modulus === modulus) }))
  return { findings: groups.flatMap(({ modulus, all }) => findings(modulus, all)), sections: groups.map(({ modulus, all }) => section(modulus, all)) }
}

function optimizersOf(lines: readonly GrokLine[]): readonly string[] {
  return [...new Set(lines.map(({ cell }) => cell.optimizer))]
}

/** Runs of one optimizer, by learning rate, the least median of steps to grok first. */
function byRate(lines: readonly GrokLine[], optimizer: string): readonly (readonly GrokLine[])[] {
  const own = lines.filter(({ cell }) => cell.optimizer === optimizer)
  const rates = [...new Set(own.map(({ cell }) => cell.learningRate))]
  const median = (group: readonly GrokLine[]): number => medianInterval(grokSteps(group)).median
  return rates.map(rate => own.filter(({ cell }) => cell.learningRate === rate)).sort((a, b) => (median(a) < median(b) ? -1 : 1))
}

function grokSteps(lines: readonly GrokLine[]): readonly number[] {
  return lines.map(({ result }) => result.grokked ?? Infinity)
}

function findings(modulus: number, lines: readonly GrokLine[]): readonly string[] {
  const best = new Map(optimizersOf(lines).map(optimizer => [optimizer, byRate(lines, optimizer)[0] as readonly GrokLine[]]))
  const stated = [...best].map(([optimizer, group]) => {
    const steps = grokSteps(group)
    return `${optimizer} groks ${steps.filter(Number.isFinite).length} of ${steps.length}, median ${intervalText(medianInterval(steps))} steps at ${group[0]?.cell.learningRate}`
  })
  const base = best.get('adamw') ?? []
  const compared = [...best].flatMap(([optimizer, group]) => (optimizer === 'adamw' ? [] : [comparison(optimizer, group, base)]))
  return [`p = ${modulus}: ${stated.join('; ')}.`, ...compared.filter(text => text !== '').map(text => `p = ${modulus}: ${text}`)]
}

function comparison(optimizer: string, ours: readonly GrokLine[], theirs: readonly GrokLine[]): string {
  const pairs = ours.flatMap(({ cell, result }) => {
    const other = theirs.find(line => line.cell.seed === cell.seed)?.result.grokked
    return other === undefined ? [] : [[result.grokked ?? Infinity, other ?? Infinity] as const]
  })
  if (pairs.length === 0) return ''
  const differences = pairs.map(([mine, other]) => (mine === other ? 0 : mine - other))
  return `${optimizer} groks before adamw on ${differences.filter(x => x < 0).length} of ${pairs.length} seeds (sign test p = ${shortNumber(signTest(differences))}).`
}

function section(modulus: number, lines: readonly GrokLine[]): ReportSection {
  const rows = optimizersOf(lines).flatMap(optimizer =>
    byRate(lines, optimizer).map(group => {
      const learnt = group.map(({ result }) => result.learnt ?? Infinity)
      const grokked = grokSteps(group)
      return [optimizer, group[0]?.cell.learningRate ?? 0, group.length, grokked.filter(Number.isFinite).length, intervalText(medianInterval(learnt)), intervalText(medianInterval(grokked))]
    }),
  )
  const cell = lines[0]?.cell
  const { confidence } = medianInterval(grokSteps(byRate(lines, optimizersOf(lines)[0] as string)[0] as readonly GrokLine[]))
  return {
    heading: `p = ${modulus}`,
    paragraphs: [
      `${100 * (cell?.trainFraction ?? 0)} % of all pairs in every step, width ${cell?.width}, weight decay ${cell?.weightDecay}, at most ${cell?.mostSteps} steps. Learnt: 99 % of the training sample right; grokked: ${100 * (cell?.accuracy ?? 0)} % of the others. Median with the interval that holds it with ${Math.round(100 * confidence)} %.`,
    ],
    table: { columns: ['optimizer', 'learning rate', 'seeds', 'grokked', 'steps to learn', 'steps to grok'], rows },
    charts: [chart(modulus, lines)],
  }
}

function chart(modulus: number, lines: readonly GrokLine[]): string {
  const series = optimizersOf(lines).map(optimizer => {
    const { result } = byRate(lines, optimizer)[0]?.[0] as GrokLine
    return { name: optimizer, t: result.curve.map(({ step }) => step), values: result.curve.map(({ validationLoss }) => validationLoss) }
  })
  return rateChart({ title: `Validation loss modulo ${modulus}, first seed`, xLabel: 'step', yLabel: 'nats per sample', series }, { document: nodeDocument() })
}
