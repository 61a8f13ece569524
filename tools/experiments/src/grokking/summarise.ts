import { rateChart, type ReportSection } from '@dead-directions/plot'
import { nodeDocument } from '@dead-directions/plot/node'
import type { Line, Summary } from '../experiment.ts'
import { grouped } from '../grouped.ts'
import { intervalText, medianInterval, shortNumber, signTest } from '../statistics.ts'
import type { GrokCell, GrokResult } from './grok-cell.ts'

type GrokLine = Line<GrokCell, GrokResult>

/** Steps to learn and to grok by modulus and optimizer, each with its best learning rate and decay. */
export function summarise(lines: readonly GrokLine[]): Summary {
  const moduli = [...new Set(lines.map(({ cell }) => cell.modulus))]
  const groups = moduli.map(modulus => ({ modulus, all: lines.filter(({ cell }) => cell.modulus === modulus) }))
  return { findings: groups.flatMap(({ modulus, all }) => findings(modulus, all)), sections: groups.map(({ modulus, all }) => section(modulus, all)) }
}

function optimizersOf(lines: readonly GrokLine[]): readonly string[] {
  return [...new Set(lines.map(({ cell }) => cell.optimizer))]
}

/** Runs of one optimizer by learning rate and decay: the least median of steps to grok first, then the largest of best accuracies. */
function bySetting(lines: readonly GrokLine[], optimizer: string): readonly (readonly GrokLine[])[] {
  const groups = grouped(lines.filter(({ cell }) => cell.optimizer === optimizer), ({ cell }) => settingOf(cell))
  const median = (group: readonly GrokLine[], of: (line: GrokLine) => number): number => medianInterval(group.map(of)).median
  return [...groups.values()].sort((a, b) => {
    const [first, second] = [median(a, grokSteps), median(b, grokSteps)]
    return first === second ? median(b, bestAccuracy) - median(a, bestAccuracy) : first - second
  })
}

function settingOf({ learningRate, weightDecay }: GrokCell): string {
  return `rate ${learningRate}, decay ${weightDecay}`
}

function grokSteps({ result }: GrokLine): number {
  return result.grokked ?? Infinity
}

function bestAccuracy({ result }: GrokLine): number {
  return Math.max(...result.curve.map(({ validationAccuracy }) => validationAccuracy ?? 0))
}

function findings(modulus: number, lines: readonly GrokLine[]): readonly string[] {
  const best = new Map(optimizersOf(lines).map(optimizer => [optimizer, bySetting(lines, optimizer)[0] as readonly GrokLine[]]))
  const stated = [...best].map(([optimizer, group]) => {
    const steps = group.map(grokSteps)
    return `${optimizer} groks ${steps.filter(Number.isFinite).length} of ${steps.length}, median ${intervalText(medianInterval(steps))} steps at ${settingOf((group[0] as GrokLine).cell)}`
  })
  const base = best.get('adamw') ?? []
  const compared = [...best].flatMap(([optimizer, group]) => (optimizer === 'adamw' ? [] : comparison(optimizer, group, base)))
  return [stated.join('; '), ...compared].map(text => `p = ${modulus}: ${text}.`)
}

function comparison(optimizer: string, ours: readonly GrokLine[], theirs: readonly GrokLine[]): readonly string[] {
  const differences = ours.flatMap(line => {
    const other = theirs.find(({ cell }) => cell.seed === line.cell.seed)
    if (other === undefined) return []
    const [mine, its] = [grokSteps(line), grokSteps(other)]
    return [mine === its ? 0 : mine - its]
  })
  if (differences.length === 0) return []
  return [`${optimizer} groks before adamw on ${differences.filter(x => x < 0).length} of ${differences.length} seeds (sign test p = ${shortNumber(signTest(differences))})`]
}

function section(modulus: number, lines: readonly GrokLine[]): ReportSection {
  const rows = optimizersOf(lines).flatMap(optimizer =>
    bySetting(lines, optimizer).map(group => {
      const { learningRate, weightDecay } = (group[0] as GrokLine).cell
      const medians = [group.map(({ result }) => result.learnt ?? Infinity), group.map(grokSteps), group.map(bestAccuracy)].map(values => intervalText(medianInterval(values)))
      return [optimizer, learningRate, weightDecay, group.length, group.map(grokSteps).filter(Number.isFinite).length, ...medians]
    }),
  )
  const { trainFraction, width, mostSteps, accuracy } = (lines[0] as GrokLine).cell
  return {
    heading: `p = ${modulus}`,
    paragraphs: [
      `${100 * trainFraction} % of all pairs, 128 in a step, width ${width}, at most ${mostSteps} steps. Learnt: 99 % of a step's pairs right; grokked: ${100 * accuracy} % of the pairs not trained on. Median over seeds with its interval.`,
    ],
    table: { columns: ['optimizer', 'learning rate', 'weight decay', 'seeds', 'grokked', 'steps to learn', 'steps to grok', 'best validation accuracy'], rows },
    charts: [chart(modulus, lines)],
  }
}

function chart(modulus: number, lines: readonly GrokLine[]): string {
  const series = optimizersOf(lines).map(optimizer => {
    const { result } = bySetting(lines, optimizer)[0]?.[0] as GrokLine
    return { name: optimizer, t: result.curve.map(({ step }) => step), values: result.curve.map(({ validationLoss }) => validationLoss) }
  })
  return rateChart({ title: `Validation loss modulo ${modulus}, first seed`, xLabel: 'step', yLabel: 'nats per sample', series }, { document: nodeDocument() })
}
