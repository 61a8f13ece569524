import type { Chord, LogLogPoints } from './local-slopes.ts'

/** A straight line through part of a log–log plot, fitted by ordinary least squares. */
export interface StraightLine {
  readonly slope: number
  readonly intercept: number
  readonly standardError: number
  /** Sum of squared distances of the abscissae from their mean. */
  readonly spread: number
}

/** Least squares through the points `first … last`, both included; at least three points at two different abscissae. */
export function straightLine({ logT, logF }: LogLogPoints, first: number, last: number): StraightLine {
  const count = last - first + 1
  const x = logT.subarray(first, last + 1)
  const y = logF.subarray(first, last + 1)
  const meanX = mean(x)
  const meanY = mean(y)
  let spread = 0
  let product = 0
  for (let i = 0; i < count; i++) {
    spread += (x[i]! - meanX) ** 2
    product += (x[i]! - meanX) * (y[i]! - meanY)
  }
  const slope = product / spread
  let residual = 0
  for (let i = 0; i < count; i++) residual += (y[i]! - meanY - slope * (x[i]! - meanX)) ** 2
  return { slope, intercept: meanY - slope * meanX, standardError: Math.sqrt(residual / (count - 2) / spread), spread }
}

/**
 * Standard deviation of log f about its two neighbours' chord: scatter alone, since a smooth bend hardly enters.
 *
 * @returns zero when there are fewer than three points
 */
export function scatter({ logT, logF }: LogLogPoints, first: number, last: number): number {
  let sum = 0
  let count = 0
  for (let i = first + 1; i < last; i++) {
    const gap = logT[i + 1]! - logT[i - 1]!
    if (gap === 0) continue
    const share = (logT[i]! - logT[i - 1]!) / gap
    const offset = logF[i]! - (1 - share) * logF[i - 1]! - share * logF[i + 1]!
    sum += offset ** 2 / (1 + share ** 2 + (1 - share) ** 2)
    count++
  }
  return count === 0 ? 0 : Math.sqrt(sum / count)
}

/**
 * How far the slope at `t → 0` may lie from the slope of the window: the largest of four estimates, the slope of the
 * window's lower half, the local slopes extrapolated to zero by a correction of order `t` and of order `t²`, and the
 * smallest local slope as far as `noise` (standard deviation of one log f) does not explain it.
 */
export function drift(points: LogLogPoints, inside: readonly Chord[], first: number, last: number, slope: number, noise: number): number {
  const half = first + Math.max(2, Math.floor((last - first) / 2))
  const limits = [straightLine(points, first, half).slope, atZero(inside, 1), atZero(inside, 2)]
  const [lowest] = inside
  const explained = (2 * Math.SQRT2 * noise) / (points.logT[lowest!.to]! - points.logT[lowest!.from]!)
  return Math.max(Math.abs(lowest!.slope - slope) - explained, ...limits.map(limit => Math.abs(limit - slope)))
}

/** The local slopes extrapolated to `t = 0` by least squares in `t^order`. */
function atZero(inside: readonly Chord[], order: number): number {
  const largest = Math.max(...inside.map(chord => chord.t))
  const x = inside.map(chord => (chord.t / largest) ** order)
  const y = inside.map(chord => chord.slope)
  const meanX = mean(x)
  const meanY = mean(y)
  let spread = 0
  let product = 0
  x.forEach((value, i) => {
    spread += (value - meanX) ** 2
    product += (value - meanX) * (y[i]! - meanY)
  })
  return spread === 0 ? meanY : meanY - (product / spread) * meanX
}

function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}
