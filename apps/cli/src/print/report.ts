import { styleText } from 'node:util'
import type { Report } from '@dead-directions/dead-directions'
import Table from 'cli-table3'
import { fixed, size, withError } from './number-text.ts'
import { posteriorLines } from './posterior.ts'
import { shortened, wrapped } from './wrapped.ts'

/** Lines are no longer than this, however wide the terminal. */
const WIDEST = 120

type Channel = Report['channels'][number]
type Direction = Report['layers'][number]['directions'][number]

/** How a report is laid out: characters per line, and how words are made to stand out. */
export interface Layout {
  readonly width: number
  readonly mark: (style: 'bold' | 'yellow', text: string) => string
}

/** Prints reports for people, in colour only on a terminal; where there are several, each under its folder. */
export function printReports(results: readonly { readonly folder: string; readonly report: Report; readonly page: string | undefined }[]): void {
  const { isTTY, columns } = process.stdout
  const colour = isTTY && process.env['NO_COLOR'] === undefined
  const layout: Layout = { width: Math.min(WIDEST, columns ?? WIDEST), mark: (style, text) => (colour ? styleText(style, text) : text) }
  const texts = results.map(({ folder, report, page }) =>
    [...(results.length === 1 ? [] : [layout.mark('bold', folder)]), reportText(report, layout), ...(page === undefined ? [] : [`report   ${page}`])].join('\n'),
  )
  process.stdout.write(`${texts.join('\n\n')}\n`)
}

/** A report as text: directions by layer, the rule of each channel and why, totals or what is missing, warnings. */
export function reportText(report: Report, layout: Layout): string {
  const { width, mark } = layout
  const sections = [
    [
      `${report.samples} inputs, ${report.likelihood} likelihood, ${report.backend} backend in ${report.precision}`,
      `precision floor ${report.epsilon.toExponential(1)} relative; Fisher information: ${report.fisher}`,
    ],
    directionLines(report, width),
    report.channels.map((channel, i) => channelText(channel, i, layout)),
    [
      ...report.gauges.map(({ kind, dimension }) => wrapped('gauge    ', `${kind}: ${dimension} direction${dimension === 1 ? '' : 's'} set aside`, width)),
      ...totalLines(report, layout),
      ...report.warnings.map(warning => mark('yellow', wrapped('warning  ', warning, width))),
    ],
  ]
  return sections
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')
}

function directionLines({ layers, priorOrder }: Report, width: number): readonly string[] {
  const without = layers.filter(({ directions }) => directions.length === 0).map(({ name }) => name)
  if (without.length === layers.length) return ['No candidate: the checkpoint is near no degeneration that its primitives know.']
  const table = new Table({
    head: ['layer', '#', '×', 'k', 'window in t', contributionName(priorOrder), 'ν', 'A rate', 'G rate', 'k from A·G'],
    colAligns: ['left', ...Array.from({ length: 9 }, () => 'right' as const)],
    style: { head: [], border: [], compact: true },
  })
  for (const { name, directions } of layers) {
    for (const { cells, count } of counted(directions.map(directionCells))) {
      const [channel, ...rest] = cells
      table.push([shortened(name, 20), channel as string, count, ...rest])
    }
  }
  return [
    table.toString(),
    wrapped('', `#: channel; ×: directions that read alike. K ~ t^2k along a channel. ${contributionName(priorOrder)} and ν: what one such direction adds where the rule is a smooth fibre. A, G: its layer’s factors, whose rates give k once more.`, width),
    ...(without.length === 0 ? [] : [wrapped('no candidate in ', without.join(', '), width)]),
  ]
}

function directionCells(direction: Direction): readonly string[] {
  const { channel, klOrder, standardError, window, contribution, nu, activationRate, gradientRate, duality } = direction
  return [
    String(channel + 1),
    klOrder === null || standardError === null ? 'refused' : withError(klOrder, standardError),
    window === null ? '' : `${size(window[0])} … ${size(window[1])}`,
    decimals(contribution, 4),
    decimals(nu, 4),
    decimals(activationRate, 3),
    decimals(gradientRate, 3),
    duality === null ? '' : `${fixed(duality.klOrder, 3)} ${duality.agrees ? '✓' : '✗'}`,
  ]
}

/** Rows without repetitions, each with how often it came. */
function counted(rows: readonly (readonly string[])[]): readonly { readonly cells: readonly string[]; readonly count: number }[] {
  const counts = new Map<string, { cells: readonly string[]; count: number }>()
  for (const cells of rows) {
    const key = cells.join('|')
    const found = counts.get(key)
    if (found === undefined) counts.set(key, { cells, count: 1 })
    else found.count++
  }
  return [...counts.values()]
}

function channelText(channel: Channel, index: number, { width, mark }: Layout): string {
  const { label, distance, fromFisher, fromDivergence, refused } = channel
  const head = `${String(index + 1).padStart(7)}  `
  const measured = `${label}: distance ${size(distance)}, k = ${shown(fromFisher)} from F, ${shown(fromDivergence)} from K`
  if (refused !== null) return mark('yellow', wrapped(head, `${measured}. Refused: ${refused}.`, width))
  return wrapped(head, `${measured}. ${verdict(channel)}.`, width)
}

function verdict({ rule, length }: Channel): string {
  if (rule === 'regular') return 'Regular'
  return `Rule: ${rule}, since ${length > 1 ? `${length} maps die together` : 'one map dies alone'}`
}

function totalLines({ total, missing }: Report, { width, mark }: Layout): readonly string[] {
  if (total === null) return [mark('bold', wrapped('total    ', `not determined: ${missing ?? 'no rule applies'}`, width))]
  const nu = total.nu === null ? 'ν has no closed form here' : `ν = ${fixed(total.nu, 6)}`
  const { beta, observations } = total.posterior
  const asked = beta === 1 && observations === null ? [] : posteriorLines(total.posterior).map(line => `         ${line}`)
  return [mark('bold', `total    λ = ${total.lambda}, m = ${total.multiplicity}, ${nu}`), wrapped('         ', total.rule, width), ...asked]
}

function contributionName(priorOrder: number): string {
  return priorOrder === 0 ? '1/(2k)' : `${priorOrder + 1}/(2k)`
}

function decimals(value: number | null, count: number): string {
  return value === null ? '' : fixed(value, count)
}

function shown(reading: Channel['klOrder']): string {
  return reading === null ? 'not readable' : withError(reading.value, reading.standardError)
}
