import { numberText, powerOfTen } from './number-text.ts'
import { textWidth } from './text-layout.ts'

/** An interval `[lowest, highest]` of base-ten logarithms. */
export type LogInterval = readonly [number, number]

/** Interval of at least one decade that holds every logarithm with a margin on both sides. */
export const decadeInterval = (logs: readonly number[]): LogInterval => {
  let low = Infinity
  let high = -Infinity
  for (const log of logs) {
    low = Math.min(low, log)
    high = Math.max(high, log)
  }
  if (low > high) return [-1, 0]
  const margin = Math.max(0.06 * (high - low), (1 - (high - low)) / 2, 0.05)
  return [low - margin, high + margin]
}

/** An axis along which labels of ticks stand: its length, and the room that a label may take beyond its end. */
export interface LabelRow {
  along: 'x' | 'y'
  /** Pixels. */
  length: number
  /** Pixels, default 0. */
  beyond?: number
}

/** Size in pixels of the letters at ticks. */
const labelSize = 13
/** Pixels between the labels of neighbouring ticks. */
const labelGap = 8
/** Pixels between ticks of an upright axis, whose labels would touch at half of it. */
const upright = 33

/** Positions of ticks in a log interval, as many as have room for their labels: whole decades, or every second, third, …; 1, 2, 5 or 1, 3 where decades are few. */
export const decadeTicks = (interval: LogInterval, row: LabelRow): number[] => {
  const decades = multiples(interval, 1)
  const parted = decades.length > 2 ? [] : [[1, 2, 5], [1, 3]].map(parts => between(interval, parts)).filter(({ length }) => length > 1)
  const fine = parted.map(ticks => shown(ticks, interval, row)).find(ticks => apart(ticks, interval, row))
  if (fine !== undefined && fine.length > 1) return fine
  for (let step = 1; ; step++) {
    const ticks = shown(multiples(interval, step), interval, row)
    if (apart(ticks, interval, row)) return ticks
  }
}

const multiples = ([low, high]: LogInterval, step: number): number[] =>
  Array.from({ length: Math.max(0, Math.floor(high / step) - Math.ceil(low / step) + 1) }, (_, i) => (Math.ceil(low / step) + i) * step + 0)

const between = ([low, high]: LogInterval, parts: readonly number[]): number[] =>
  multiples([Math.floor(low), high], 1).flatMap(power => parts.map(part => power + Math.log10(part))).filter(tick => tick >= low && tick <= high)

/** Pixels from the start of the axis, and half of what the label takes along it. */
const place = (tick: number, [low, high]: LogInterval, { along, length }: LabelRow): readonly [number, number] => [
  ((tick - low) / (high - low)) * length,
  along === 'x' ? (textWidth(decadeLabel(tick), labelSize) + labelGap) / 2 : upright / 2,
]

/** Ticks whose labels end before the picture does. */
const shown = (ticks: readonly number[], interval: LogInterval, row: LabelRow): number[] =>
  ticks.filter(tick => {
    const [at, half] = place(tick, interval, row)
    return row.along === 'y' || at + half - labelGap / 2 <= row.length + (row.beyond ?? 0)
  })

const apart = (ticks: readonly number[], interval: LogInterval, row: LabelRow): boolean =>
  ticks.every((tick, i) => {
    if (i === 0) return true
    const [[before, left], [at, right]] = [place(ticks[i - 1] as number, interval, row), place(tick, interval, row)]
    return at - before >= left + right
  })

/** Label of a tick at log position `log`: `10⁻⁴`, `2·10⁻⁴`. */
export const decadeLabel = (log: number): string => {
  const power = Math.floor(log + 1e-9)
  const mantissa = Math.round(10 ** (log - power))
  return mantissa === 1 ? powerOfTen(power) : `${mantissa}·${powerOfTen(power)}`
}

/** Plot's options of an axis of logarithms, with ticks whose labels stand apart. */
export const decadeAxis = (interval: LogInterval, row: LabelRow): { type: 'linear'; domain: LogInterval; ticks: number[]; tickFormat: (log: number) => string; label: null } => {
  const ticks = decadeTicks(interval, row)
  return { type: 'linear', domain: interval, ticks, tickFormat: decadeFormat(ticks), label: null }
}

/** Labels of ticks that share an axis: plain numbers from 0.01 to 1000 where ticks stand between decades, powers of ten otherwise. */
export const decadeFormat = (ticks: readonly number[]): ((log: number) => string) =>
  ticks.some(tick => !Number.isInteger(tick)) && ticks.every(tick => tick >= -2 && tick <= 3) ? log => numberText(10 ** log) : decadeLabel
