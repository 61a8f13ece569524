/** The middle of a set of measurements, with the interval that holds the inner eight tenths of them. */
export interface Spread {
  readonly low: number
  readonly median: number
  readonly high: number
}

/**
 * The value below which the share `p` (0 to 1) of the sorted values lies, linear between neighbours.
 *
 * @throws RangeError when there are no values
 * @example
 * import { quantile } from '@dead-directions/bench'
 *
 * quantile([1, 2, 4], 0.75) // 3
 */
export function quantile(sorted: readonly number[], p: number): number {
  if (sorted.length === 0) throw new RangeError('quantile: no values, expected at least one')
  const place = p * (sorted.length - 1)
  const below = sorted[Math.floor(place)]!
  const above = sorted[Math.ceil(place)]!
  return below + (above - below) * (place - Math.floor(place))
}

/**
 * Median and 10–90 % interval.
 *
 * @throws RangeError when there are no values
 * @example
 * import { spreadOf } from '@dead-directions/bench'
 *
 * spreadOf([5, 1, 3]).median // 3
 */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((x, y) => x - y)
  return { low: quantile(sorted, 0.1), median: quantile(sorted, 0.5), high: quantile(sorted, 0.9) }
}
