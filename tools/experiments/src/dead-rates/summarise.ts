import type { ReportSection } from '@dead-directions/plot'
import type { Line, Summary } from '../experiment.ts'
import { grouped } from '../grouped.ts'
import { intervalText, medianInterval, shortNumber, signTest } from '../statistics.ts'
import type { CellReading, RateCell, RateResult } from './rate-cell.ts'

type RateLine = Line<RateCell, RateResult>

/** Counts of readable cells by task, shrinkage and optimizer. */
export function summarise(lines: readonly RateLine[]): Summary {
  const tasks = [...new Set(lines.map(({ cell }) => cell.task))]
  return { findings: tasks.flatMap(task => findings(lines.filter(({ cell }) => cell.task === task))), sections: tasks.map(task => section(task, lines.filter(({ cell }) => cell.task === task))) }
}

/** Whether a reading is a rate at which something dies: positive beyond twice its error. A constant is no dead direction. */
export function isDying(reading: CellReading): boolean {
  return reading.kind === 'rate' && reading.rate > 2 * reading.standardError && reading.rate > 0.5
}

function dying({ result }: RateLine): number {
  return result.readings.filter(isDying).length
}

interface Group {
  readonly optimizer: string
  readonly shrinkage: number
  readonly lines: readonly RateLine[]
}

function groupsOf(lines: readonly RateLine[]): readonly Group[] {
  const groups = grouped(lines, ({ cell }) => `${cell.optimizer} ${cell.shrinkage}`)
  return [...groups.values()].map(own => {
    const { optimizer, shrinkage } = (own[0] as RateLine).cell
    return { optimizer, shrinkage, lines: own }
  })
}

function findings(lines: readonly RateLine[]): readonly string[] {
  const groups = groupsOf(lines)
  const { task } = (lines[0] as RateLine).cell
  return groups.flatMap(({ optimizer, shrinkage, lines: own }) => {
    const all = (own[0] as RateLine).result.readings.length
    const counted = `${task}: with ${optimizer} at shrinkage ${shrinkage} a rate is readable in ${intervalText(medianInterval(own.map(dying)))} of ${all} cells`
    const base = groups.find(group => group.optimizer === 'adamw' && group.shrinkage === shrinkage)
    if (base === undefined || !optimizer.startsWith('ddc')) return [`${counted}.`]
    const differences = own.flatMap(line => {
      const other = base.lines.find(({ cell }) => cell.seed === line.cell.seed)
      return other === undefined ? [] : [dying(line) - dying(other)]
    })
    return [`${counted}, more than with adamw on ${differences.filter(x => x > 0).length} of ${differences.length} seeds (sign test p = ${shortNumber(signTest(differences))}).`]
  })
}

function section(task: string, lines: readonly RateLine[]): ReportSection {
  const { steps, tolerance } = (lines[0] as RateLine).cell
  const rows = groupsOf(lines).map(({ optimizer, shrinkage, lines: own }) => {
    const constant = own.map(({ result }) => result.readings.filter(reading => reading.kind === 'rate' && !isDying(reading)).length)
    const shrunk = own.map(({ result }) => Math.min(...Object.values(result.shrunk)))
    const losses = own.map(({ result }) => result.validationLoss)
    return [shrinkage, optimizer, own.length, ...[own.map(dying), constant, shrunk, losses].map(values => intervalText(medianInterval(values)))]
  })
  return {
    heading: task,
    paragraphs: [
      `${(lines[0] as RateLine).result.readings.length} cells, ${steps} steps, straight to ${tolerance}. Readable: a fitted rate above ½ and twice its error; constant: another fitted rate. Least shrinkage: of the layer whose singular value shrank most, its last over its largest value. Median over seeds with its interval.`,
    ],
    table: { columns: ['shrinkage', 'optimizer', 'seeds', 'readable', 'constant', 'least shrinkage', 'validation loss'], rows },
    charts: [],
  }
}
