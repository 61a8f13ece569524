import { dot, text, vector, type Markish } from '@observablehq/plot'
import type { SeriesSymbol } from './palette.ts'
import { shortenToWidth, textWidth } from './text-layout.ts'

/** What a legend entry shows before its words. */
export type LegendKey =
  | { kind: 'symbol'; symbol: SeriesSymbol; colour: string; hollow?: boolean }
  | { kind: 'line'; colour: string; dash?: string }
  | { kind: 'band'; colour: string }

/** An entry of a chart's legend. */
export interface LegendItem {
  key: LegendKey
  label: string
}

/** Entries with their places in pixels, and the height they take together. */
export interface LegendRows {
  entries: { key: LegendKey; label: string; full: string; x: number; y: number }[]
  height: number
}

const fontSize = 13
const rowHeight = 20
const keyWidth = 24
const gap = 16

/** Flows legend entries into rows no wider than `width` pixels. */
export const legendRows = (items: readonly LegendItem[], width: number): LegendRows => {
  const entries: LegendRows['entries'] = []
  let x = 0
  let row = 0
  for (const item of items) {
    const label = shortenToWidth(item.label, width - keyWidth, fontSize)
    const needed = keyWidth + textWidth(label, fontSize)
    if (x > 0 && x + needed > width) {
      x = 0
      row++
    }
    entries.push({ key: item.key, label, full: item.label, x, y: (row + 0.5) * rowHeight })
    x += needed + gap
  }
  return { entries, height: entries.length === 0 ? 0 : (row + 1) * rowHeight }
}

/** Marks of a legend; `at` turns a place in the legend into an offset from the frame's corner. */
export const legendMarks = ({ entries }: LegendRows, at: (x: number, y: number) => { dx: number; dy: number }): Markish[] =>
  entries.flatMap(({ key, label, full, x, y }) => [
    keyMark(key, x, y, at),
    text([label], {
      ...place,
      ...at(x + keyWidth, y),
      textAnchor: 'start',
      lineAnchor: 'middle',
      fill: 'currentColor',
      ariaDescription: 'legend',
      ...(label === full ? {} : { title: () => full }),
    }),
  ])

const place = { facet: 'super', frameAnchor: 'top-left' } as const
const stroke = { draw: (context: { moveTo(x: number, y: number): void; lineTo(x: number, y: number): void }, length: number) => {
  context.moveTo(0, 0)
  context.lineTo(0, -length)
} }

const keyMark = (key: LegendKey, x: number, y: number, at: (x: number, y: number) => { dx: number; dy: number }): Markish => {
  if (key.kind === 'symbol')
    return dot([0], { ...place, ...at(x + 9, y), symbol: key.symbol, r: 4.5, ariaDescription: 'legend key', ...ink(key.colour, key.hollow) })
  const band = key.kind === 'band'
  return vector([0], {
    ...place,
    ...at(x, y),
    shape: stroke,
    rotate: 90,
    length: 18,
    anchor: 'start',
    stroke: key.colour,
    strokeLinecap: 'butt',
    strokeWidth: band ? 12 : 2,
    strokeOpacity: band ? 0.14 : 1,
    ariaDescription: 'legend key',
    ...(key.kind === 'line' && key.dash !== undefined ? { strokeDasharray: key.dash } : {}),
  })
}

/** Fill and stroke of a measured (solid) or predicted (hollow) symbol. */
export const ink = (colour: string, hollow = false): { fill: string; stroke: string; strokeWidth: number } =>
  hollow ? { fill: 'none', stroke: colour, strokeWidth: 1.75 } : { fill: colour, stroke: 'var(--dd-paper)', strokeWidth: 0.75 }
