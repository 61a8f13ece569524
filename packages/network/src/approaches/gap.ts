/** The least ratio between neighbours in a sorted list of sizes that counts as a gap. */
export const GAP = 10

/** Below this size a map's output is under a hundredth of the unit noise, so it may be a map that should be zero. */
const FAINT = 0.01

/**
 * How many of the singular values stand above their widest gap; all of them when there is none.
 * Values at rounding level count as equal there. A map that is faint as a whole may have rank 0.
 *
 * @param values singular values of a whole map, descending
 * @returns the rank, and the ratio across the gap (`null` when there is none)
 */
export function rankByGap(values: ArrayLike<number>): { rank: number; gap: number | null } {
  const largest = values[0] ?? 0
  if (largest === 0) return { rank: 0, gap: null }
  const floor = largest * values.length * 2 ** -50
  const sizes = [...(largest < FAINT ? [1] : []), ...Array.from(values, value => Math.max(value, floor))]
  let best = { rank: values.length, gap: 1 }
  for (let i = 1; i < sizes.length; i++) {
    const gap = (sizes[i - 1] as number) / (sizes[i] as number)
    if (gap > best.gap) best = { rank: largest < FAINT ? i - 1 : i, gap }
  }
  return best.gap >= GAP ? best : { rank: values.length, gap: null }
}

/** The least ratio that sets a unit apart: units are compared by two norms at once, so each may be less extreme. */
const UNIT_GAP = 5

/** Indices of the sizes that lie below a gap and under a fifth of the largest. */
export function smallOnes(sizes: readonly number[]): ReadonlySet<number> {
  const order = sizes.map((_, i) => i).sort((a, b) => (sizes[b] as number) - (sizes[a] as number))
  const largest = sizes[order[0] as number] ?? 0
  for (let i = 1; i < order.length; i++) {
    const size = sizes[order[i] as number] as number
    const gap = (sizes[order[i - 1] as number] as number) / size
    if (gap >= UNIT_GAP && size <= largest / 5) return new Set(order.slice(i))
  }
  return new Set()
}
