import type { ReportSection } from '@dead-directions/plot'
import type { Line, Summary } from '../experiment.ts'
import { grouped } from '../grouped.ts'
import { medianInterval, shortNumber } from '../statistics.ts'
import type { DriftCell } from './drift-cell.ts'
import type { Drift } from './measure-drift.ts'

type DriftLine = Line<DriftCell, Drift>

/** Largest projected deviation that rounding alone explains over a hundred steps. */
const atRounding = { float64: 1e-12, float32: 1e-4 } as const

/** Tables of the worst deviations by gauge and optimizer, and of the motion along the orbits. */
export function summarise(lines: readonly DriftLine[]): Summary {
  const precisions = (['float64', 'float32'] as const).filter(precision => lines.some(({ cell }) => cell.precision === precision))
  return {
    findings: precisions.flatMap(precision => optimizersOf(lines).map(optimizer => finding(lines.filter(({ cell }) => cell.precision === precision && cell.optimizer === optimizer), optimizer, precision))),
    sections: [
      ...precisions.flatMap(precision => {
        const own = lines.filter(({ cell }) => cell.precision === precision)
        return [
          deviations(own, `Projected trajectory, ${precision}`, 'Worst relative deviation of invariants and predictions over steps, group elements and seeds.', ({ projected }) => projected),
          deviations(own, `One rounding away, ${precision}`, 'The same from a start moved by its rounding instead of a group element: no arithmetic of this precision falls below.', ({ nearby }) => [nearby]),
          deviations(own, `Equivariance, ${precision}`, 'Worst relative distance of the end of training from moved parameters to the moved end.', ({ raw }) => raw),
        ]
      }),
      ...precisions.slice(0, 1).map(precision => motionSection(lines.filter(({ cell }) => cell.precision === precision))),
    ],
  }
}

function finding(lines: readonly DriftLine[], optimizer: string, precision: 'float64' | 'float32'): string {
  const worst = byGauge(lines).map(group => ({ kind: (group[0] as DriftLine).cell.kind, value: worstOf(group, ({ projected }) => projected), nearby: worstOf(group, ({ nearby }) => [nearby]) }))
  const kept = worst.filter(({ value }) => value <= atRounding[precision])
  const broken = worst.filter(({ value }) => !(value <= atRounding[precision]))
  const range = broken.map(({ kind, value, nearby }) => `${kind} ${deviationText(value)} (${deviationText(nearby)} from a start one rounding away)`).join(', ')
  return `${optimizer}, ${precision}: projects to ${atRounding[precision].toExponential(0)} on ${kept.length} of ${worst.length} gauges${broken.length === 0 ? '' : `; not on ${range}`}.`
}

function deviations(lines: readonly DriftLine[], heading: string, explanation: string, read: (drift: Drift) => Drift['raw']): ReportSection {
  const rows = byGauge(lines).map(group => {
    const { problem, kind } = (group[0] as DriftLine).cell
    const of = (optimizer: string): string => deviationText(worstOf(group.filter(({ cell }) => cell.optimizer === optimizer), read))
    return [`${kind}: ${problem}`, ...optimizersOf(lines).map(of)]
  })
  return { heading, paragraphs: [explanation], table: { columns: ['gauge', ...optimizersOf(lines)], rows }, charts: [] }
}

function motionSection(lines: readonly DriftLine[]): ReportSection {
  const rows = byGauge(lines).flatMap(group => {
    const { problem, kind } = (group[0] as DriftLine).cell
    return optimizersOf(group).flatMap(optimizer => {
      const motions = group.filter(({ cell }) => cell.optimizer === optimizer).map(({ result }) => result.motion)
      const typical = (read: (motion: Drift['motion']) => number | null): string => {
        const values = motions.flatMap(motion => read(motion) ?? [])
        return values.length === 0 ? '–' : shortNumber(medianInterval(values).median)
      }
      const cells = [typical(motion => motion.alongOrbit), typical(motion => motion.defect), typical(motion => motion.lengthRatio)]
      return cells.every(text => text === '–') ? [] : [[`${kind}: ${problem}`, optimizer, ...cells]]
    })
  })
  return {
    heading: 'Motion along the orbit',
    paragraphs: ['Share of the path that lies along the orbit (Euclidean), relative change of the balance defect, and root mean square change of the logarithmic length ratio of the units; medians over seeds.'],
    table: { columns: ['gauge', 'optimizer', 'along orbit', 'defect', 'length ratio'], rows },
    charts: [],
  }
}

function optimizersOf(lines: readonly DriftLine[]): readonly string[] {
  return [...new Set(lines.map(({ cell }) => cell.optimizer))]
}

function byGauge(lines: readonly DriftLine[]): readonly (readonly DriftLine[])[] {
  return [...grouped(lines, ({ cell }) => `${cell.kind}: ${cell.problem}: ${cell.gauge}`).values()]
}

/** Infinity where a trajectory diverged, NaN where there is none. */
function worstOf(lines: readonly DriftLine[], read: (drift: Drift) => Drift['raw']): number {
  if (lines.length === 0) return NaN
  return lines.flatMap(({ result }) => read(result)).reduce<number>((worst, value) => Math.max(worst, value ?? Infinity), 0)
}

function deviationText(value: number): string {
  if (Number.isNaN(value)) return '–'
  return value === Infinity ? 'diverges' : value.toExponential(1)
}
