import { integers, rankWithin } from './integer-fields.ts'
import { type Invariants, invariants } from './invariants.ts'
import { ratio } from './rational.ts'

/**
 * λ and m of a deep linear network, exact for every depth, widths and true rank.
 *
 * `sizes` are the layer widths from input to output (two or more positive integers) and `rank` is that of the true
 * end-to-end map; λ and m are pure numbers and ν is null (no closed form is known).
 *
 * @throws RangeError when a size or the rank is out of range.
 * @see Aoyagi 2024; arXiv 2606.05957, row B7.
 * @example
 * import { deepLinearNetwork } from '@dead-directions/selection-rule'
 *
 * deepLinearNetwork([5, 5, 5, 5], 0).lambdaFraction // '17/2', with m = 3
 */
export function deepLinearNetwork(sizes: readonly number[], rank: number): Invariants {
  integers('sizes', sizes, 1, 2)
  rankWithin(rank, sizes)
  const r = BigInt(rank)
  const ends = BigInt(sizes[0] as number) + BigInt(sizes.at(-1) as number)
  const excess = bottleneck(sizes.map(size => BigInt(size) - r))
  const l = BigInt(excess.length - 1)
  const sum = excess.reduce((a, b) => a + b, 0n)
  const squares = excess.reduce((a, b) => a + b * b, 0n)
  const a = sum - ((sum + l - 1n) / l - 1n) * l
  const pairs = (sum * sum - squares) / 2n
  // Over the common denominator 4ℓ: (r·ends - r²)/2 + a(ℓ-a)/(4ℓ) - (ℓ(ℓ-1)/4)(sum/ℓ)² + pairs/2.
  const numerator = 2n * l * (r * ends - r * r + pairs) + a * (l - a) - (l - 1n) * sum * sum
  return invariants(ratio(numerator, 4n * l), Number(a * (l - a)) + 1, null, 'B7 deep linear network (Aoyagi 2024)')
}

/**
 * The excess widths of Aoyagi's layer set σ: the ℓ + 1 smallest, ℓ the largest number with sum ≥ ℓ · max.
 * That is her three inequalities: as ℓ grows, sum - ℓ · max never rises, and it falls only where the width does. It is
 * the smallest width at ℓ = 1, hence not negative, so that ℓ = 0 never arises.
 */
function bottleneck(excess: readonly bigint[]): readonly bigint[] {
  const sorted = [...excess].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  let sum = sorted[0] as bigint
  let count = 1
  while (count < sorted.length && sum + (sorted[count] as bigint) >= BigInt(count) * (sorted[count] as bigint)) {
    sum += sorted[count] as bigint
    count++
  }
  return sorted.slice(0, count)
}
