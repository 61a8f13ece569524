import { crossing } from './crossing.ts'
import { integer, integers, rankWithin } from './integer-fields.ts'
import { type Invariants, invariants } from './invariants.ts'
import { ratio } from './rational.ts'

/**
 * λ and m of a deep linear network, exact for every depth, widths and true rank.
 *
 * `sizes` are the layer widths from input to output (two or more positive integers) and `rank` is that of the true
 * end-to-end map; λ and m are pure numbers and ν is null (no closed form is known). `priorOrder` is the order h of a prior
 * `Π |w|^h` over all weights: beyond 0 the only closed form is that of width-one chains at rank 0, which are crossings.
 *
 * @throws RangeError when a size, the rank or the prior's order is out of range, or there is no closed form for this prior.
 * @see Aoyagi 2024; arXiv 2606.05957, rows B2, B4 and B7.
 * @example
 * import { deepLinearNetwork } from '@dead-directions/selection-rule'
 *
 * deepLinearNetwork([5, 5, 5, 5], 0).lambdaFraction // '17/2', with m = 3
 */
export function deepLinearNetwork(sizes: readonly number[], rank: number, priorOrder: number = 0): Invariants {
  integers('sizes', sizes, 1, 2)
  rankWithin(rank, sizes)
  if (integer('priorOrder', priorOrder, 0) > 0) return chainUnderPrior(sizes, rank, priorOrder)
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

/** `K = (Π w_i)²` under the prior `Π |w_i|^h`. */
function chainUnderPrior(sizes: readonly number[], rank: number, priorOrder: number): Invariants {
  if (rank > 0 || sizes.some(size => size > 1)) {
    throw new RangeError(`priorOrder: got ${priorOrder} for sizes ${sizes.join(', ')} of rank ${rank}, expected 0: beyond it only chains of width one and rank 0 have a closed form`)
  }
  const maps = sizes.slice(1)
  return crossing({ orders: maps.map(() => 1), priorOrders: maps.map(() => priorOrder) })
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
