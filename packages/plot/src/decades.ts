import { powerOfTen } from './number-text.ts'

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

/** Positions of ticks in a log interval: whole decades, thinned to at most `count`; 1, 2, 5 where decades are few. */
export const decadeTicks = ([low, high]: LogInterval, count = 7): number[] => {
  const step = Math.max(1, Math.ceil((high - low) / count))
  const ticks: number[] = []
  for (let power = Math.ceil(low / step) * step; power <= high; power += step) ticks.push(power === 0 ? 0 : power)
  if (ticks.length > 2) return ticks
  for (let power = Math.floor(low); power <= high; power++) ticks.push(power + Math.log10(2), power + Math.log10(5))
  return ticks.filter(tick => tick >= low && tick <= high).sort((a, b) => a - b)
}

/** Label of a tick at log position `log`: `10⁻⁴`, `2·10⁻⁴`. */
export const decadeLabel = (log: number): string => {
  const power = Math.floor(log + 1e-9)
  const mantissa = Math.round(10 ** (log - power))
  return mantissa === 1 ? powerOfTen(power) : `${mantissa}·${powerOfTen(power)}`
}
