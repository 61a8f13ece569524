import { rateChart, type ReportSection } from '@dead-directions/plot'
import { nodeDocument } from '@dead-directions/plot/node'
import type { CurvePoint } from '../curve.ts'
import type { Line, Summary } from '../experiment.ts'
import { grouped } from '../grouped.ts'
import { intervalText, medianInterval, shortNumber, signTest } from '../statistics.ts'
import type { GapCell, GapResult } from './gap-cell.ts'

type GapLine = Line<GapCell, GapResult>

/** A training loss that all optimizers pass, at which they are compared beside the end. */
const matchedLoss = 0.1

/** Gaps at the end and at one training loss, by task, decay, learning rate and optimizer. */
export function summarise(lines: readonly GapLine[]): Summary {
  const groups = grouped(lines, ({ cell }) => `${cell.task}, decay ${cell.weightDecay}, learning rate ${cell.learningRate}`)
  return { findings: [...groups].flatMap(([name, group]) => findings(name, group)), sections: [...groups].map(([name, group]) => section(name, group)) }
}

function gap({ validationLoss, trainLoss }: CurvePoint): number {
  return validationLoss - trainLoss
}

function finalGap({ result }: GapLine): number {
  return gap(result.curve.at(-1) as CurvePoint)
}

/** The gap where the training loss first is at most {@link matchedLoss}; Infinity where it never is. */
function matchedGap({ result }: GapLine): number {
  const point = result.curve.find(({ trainLoss }) => trainLoss <= matchedLoss)
  return point === undefined ? Infinity : gap(point)
}

function findings(name: string, lines: readonly GapLine[]): readonly string[] {
  const groups = grouped(lines, ({ cell }) => cell.optimizer)
  const stated = [...groups].map(([optimizer, group]) => `${optimizer} ${intervalText(medianInterval(group.map(finalGap)))}`)
  return [`${name}: final gap in nats ${stated.join(', ')}.`, ...[...groups.keys()].filter(optimizer => optimizer !== 'adamw').map(optimizer => `${name}: ${comparison(optimizer, lines)}`)]
}

function comparison(optimizer: string, lines: readonly GapLine[]): string {
  const of = (wanted: string, seed: number): GapLine | undefined => lines.find(({ cell }) => cell.optimizer === wanted && cell.seed === seed)
  const pairs = [...new Set(lines.map(({ cell }) => cell.seed))].flatMap(seed => {
    const [ours, theirs] = [of(optimizer, seed), of('adamw', seed)]
    return ours === undefined || theirs === undefined ? [] : [finalGap(ours) - finalGap(theirs)]
  })
  return `${optimizer} ends with a smaller gap than adamw on ${pairs.filter(x => x < 0).length} of ${pairs.length} seeds (sign test p = ${shortNumber(signTest(pairs))}).`
}

function section(name: string, lines: readonly GapLine[]): ReportSection {
  const groups = [...grouped(lines, ({ cell }) => cell.optimizer)]
  const row = ([optimizer, group]: (typeof groups)[number]): readonly (string | number)[] => {
    const last = group.map(({ result }) => result.curve.at(-1) as CurvePoint)
    const best = group.map(({ result }) => Math.min(...result.curve.map(({ validationLoss }) => validationLoss)))
    const columns = [last.map(({ trainLoss }) => trainLoss), last.map(({ validationLoss }) => validationLoss), group.map(finalGap), group.map(matchedGap), best]
    return [optimizer, group.length, ...columns.map(values => intervalText(medianInterval(values)))]
  }
  const [, first] = groups[0] as (typeof groups)[number]
  const { confidence } = medianInterval(first.map(finalGap))
  return {
    heading: name,
    paragraphs: [`Nats per sample after ${first[0]?.cell.steps} steps of the whole training sample; median over seeds with the interval that holds it with ${Math.round(100 * confidence)} %.`],
    table: { columns: ['optimizer', 'seeds', 'training loss', 'validation loss', 'gap', `gap at training loss ${matchedLoss}`, 'least validation loss'], rows: groups.map(row) },
    charts: [chart(name, groups.map(([optimizer, group]) => [optimizer, group[0] as GapLine]))],
  }
}

function chart(name: string, firsts: readonly (readonly [string, GapLine])[]): string {
  const series = firsts.map(([optimizer, { result }]) => ({ name: optimizer, t: result.curve.map(({ step }) => step), values: result.curve.map(gap) }))
  return rateChart({ title: `Gap on ${name}, first seed`, xLabel: 'step', yLabel: 'nats per sample', series }, { document: nodeDocument() })
}
