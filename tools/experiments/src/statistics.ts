/** The middle of some values with the interval that holds the population's median with about 95 %. */
export interface MedianInterval {
  readonly median: number
  readonly low: number
  readonly high: number
  /** Probability that the interval holds the population's median; below 0.95 where there are fewer than six values. */
  readonly confidence: number
  readonly count: number
}

/**
 * The median with its order-statistics interval, which assumes nothing of the distribution. Values may be infinite.
 * With n values the interval between the k-th from either end holds the median with probability `1 - 2 P(Bin(n, ½) < k)`.
 *
 * @throws RangeError for no values, or one that is not a number
 */
export function medianInterval(values: readonly number[]): MedianInterval {
  if (values.length === 0) throw new RangeError('values: got none, expected at least one')
  if (values.some(Number.isNaN)) throw new RangeError('values: got NaN, expected numbers')
  const sorted = [...values].sort((a, b) => (a < b ? -1 : 1))
  const n = sorted.length
  let k = 1
  while (coverage(n, k + 1) >= 0.95) k++
  return { median: middle(sorted), low: sorted[k - 1] as number, high: sorted[n - k] as number, confidence: Math.max(0, coverage(n, k)), count: n }
}

/** Probability that the median lies between the k-th values from either end of n. */
function coverage(n: number, k: number): number {
  return 2 * k > n ? 0 : 1 - 2 * belowHalf(n, k)
}

/** `P(Bin(n, ½) < k)`. */
function belowHalf(n: number, k: number): number {
  let term = 0.5 ** n
  let sum = 0
  for (let i = 0; i < k; i++) {
    sum += term
    term *= (n - i) / (i + 1)
  }
  return sum
}

function middle(sorted: readonly number[]): number {
  const [below, above] = [sorted[Math.floor((sorted.length - 1) / 2)] as number, sorted[Math.ceil((sorted.length - 1) / 2)] as number]
  return below === above ? below : (below + above) / 2
}

/**
 * Two-sided sign test of paired differences: the probability of at least as uneven a split of their signs where both are equally
 * likely. Zeros are left out.
 */
export function signTest(differences: readonly number[]): number {
  const positive = differences.filter(x => x > 0).length
  const negative = differences.filter(x => x < 0).length
  const n = positive + negative
  return Math.min(1, 2 * belowHalf(n, Math.min(positive, negative) + 1))
}

/** `median [low, high]` in three significant digits. */
export function intervalText({ median, low, high }: MedianInterval): string {
  return `${shortNumber(median)} [${shortNumber(low)}, ${shortNumber(high)}]`
}

/** Three significant digits; whole numbers below a million as they are. */
export function shortNumber(value: number): string {
  if (value === Infinity) return 'never'
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value)
  const size = Math.abs(value)
  return size >= 1e-3 && size < 1e4 ? String(Number(value.toPrecision(3))) : value.toExponential(1)
}
