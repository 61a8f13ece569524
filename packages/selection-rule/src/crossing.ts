import { integer, integers, priorOrdersFor } from './integer-fields.ts'
import { type Invariants, invariants } from './invariants.ts'
import { compare, type Rational, ratio } from './rational.ts'

/** Exponents of a product `K = Π x_i^{2 k_i}` and of its prior `Π |x_i|^{h_i}`. */
export interface CrossingOrders {
  /** KL orders k_i ≥ 1 of the components that cross. */
  readonly orders: readonly number[]
  /** Prior orders h_i ≥ 0, one per component; zero where not given. */
  readonly priorOrders?: readonly number[]
}

/**
 * λ and m at a crossing of components, where the divergence is a product: the smallest `(h_i + 1)/(2 k_i)`, and how many
 * components attain it.
 *
 * Orders are integers; λ and m are pure numbers and ν is null (row B6 speaks of one direction).
 *
 * @throws RangeError when an order is not an integer in range or the two lists differ in length.
 * @see arXiv 2606.05957, row B2.
 * @example
 * import { crossing } from '@dead-directions/selection-rule'
 *
 * crossing({ orders: [2, 1] }).lambda // 0.25, m = 1: K = x⁴y²
 * crossing({ orders: [1, 1, 1] }).multiplicity // 3, λ = 1/2: K = x²y²z²
 */
export function crossing({ orders, priorOrders }: CrossingOrders): Invariants {
  integers('orders', orders, 1, 1)
  const prior = priorOrdersFor(orders, priorOrders)
  const thresholds = orders.map((k, i) => threshold(k, prior[i] as number))
  const lambda = thresholds.reduce((least, next) => (compare(next, least) < 0 ? next : least))
  const multiplicity = thresholds.filter(value => compare(value, lambda) === 0).length
  return invariants(lambda, multiplicity, null, 'B2 crossing')
}

/** What one direction of KL order k under a prior of order h contributes: `(h + 1)/(2k)`. */
export function threshold(klOrder: number, priorOrder: number): Rational {
  return ratio(BigInt(priorOrder) + 1n, 2n * BigInt(klOrder))
}

/**
 * The weighted volume of `{Π x_i < δ}` in the unit cube of dimension r, weight `Π x_i^h`:
 * `(h+1)^{-r} P_r(δ^{h+1})` with `P_r(δ) = δ Σ_{j<r} (-log δ)^j / j!`.
 *
 * `r` is a positive integer, `delta` lies in [0, 1] and `h ≥ 0` is an integer; the result has the unit of the measure
 * (1 is the whole cube at h = 0).
 *
 * @throws RangeError when an argument is out of range.
 * @see arXiv 2606.05957, row B2.
 * @example
 * import { unitCubeSublevelVolume } from '@dead-directions/selection-rule'
 *
 * unitCubeSublevelVolume(2, 0.5) // 0.5 (1 + log 2)
 */
export function unitCubeSublevelVolume(r: number, delta: number, h: number = 0): number {
  integer('r', r, 1)
  integer('h', h, 0)
  if (!(delta >= 0 && delta <= 1)) throw new RangeError(`delta: got ${String(delta)}, expected a number from 0 to 1`)
  if (delta === 0) return 0
  const depth = -(h + 1) * Math.log(delta)
  let term = delta ** (h + 1) / (h + 1) ** r
  let volume = 0
  for (let j = 0; j < r; j++) {
    volume += term
    term *= depth / (j + 1)
  }
  return volume
}
