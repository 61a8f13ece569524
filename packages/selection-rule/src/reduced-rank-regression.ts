import { integer, rankWithin } from './integer-fields.ts'
import { type Invariants, invariants } from './invariants.ts'
import { ratio } from './rational.ts'

/** Sizes of `y = B A x + noise` with A hidden × inputs and B outputs × hidden. */
export interface ReducedRankShape {
  readonly inputs: number
  readonly hidden: number
  readonly outputs: number
  /** Rank of the true map `B A`. */
  readonly rank: number
}

const rule = 'B7 reduced-rank regression (Aoyagi & Watanabe 2005)'

/**
 * λ and m of reduced-rank regression, exact for every shape and true rank.
 *
 * Sizes are positive integers and `rank` lies between 0 and the smallest of them; λ and m are pure numbers and ν is null
 * (no closed form is known).
 *
 * @throws RangeError when a size or the rank is out of range.
 * @see Aoyagi & Watanabe 2005; arXiv 2606.05957, row B7.
 * @example
 * import { reducedRankRegression } from '@dead-directions/selection-rule'
 *
 * reducedRankRegression({ inputs: 5, hidden: 3, outputs: 5, rank: 2 }).lambdaFraction // '19/2', with m = 2
 */
export function reducedRankRegression({ inputs, hidden, outputs, rank }: ReducedRankShape): Invariants {
  integer('inputs', inputs, 1)
  integer('hidden', hidden, 1)
  integer('outputs', outputs, 1)
  rankWithin(rank, [inputs, hidden, outputs])
  const [M, H, N, r] = [BigInt(inputs), BigInt(hidden), BigInt(outputs), BigInt(rank)]
  const regular = (twiceLambda: bigint): Invariants => invariants(ratio(twiceLambda, 2n), 1, null, rule)
  if (M + H < N + r) return regular(H * M - H * r + N * r)
  if (N + H < M + r) return regular(H * N - H * r + M * r)
  if (M + N < H + r) return regular(M * N)
  const even = 2n * (H + r) * (M + N) + 2n * M * N - (H + r) ** 2n - M * M - N * N
  const odd = (M + H + N + r) % 2n
  return invariants(ratio(even + odd, 8n), odd === 1n ? 2 : 1, null, rule)
}
