import { threshold } from './crossing.ts'
import { integer, integers, priorOrdersFor } from './integer-fields.ts'
import { type Invariants, invariants } from './invariants.ts'
import { add, ratio } from './rational.ts'
import { singularFluctuation } from './singular-fluctuation.ts'

/** The transversal directions at a smooth point of the singular set. */
export interface TransversalOrders {
  /** KL orders k_i ≥ 1 of the dead directions. */
  readonly orders: readonly number[]
  /** The number of regular transversal directions (KL order one). */
  readonly regular: number
  /** Prior orders h_i ≥ 0 along the dead directions; zero where not given. */
  readonly priorOrders?: readonly number[]
}

/**
 * λ, m and ν at a smooth point of the singular set, where `K = Σ x_i^{2 k_i} + Σ w_j²` in the transversal directions:
 * `λ = Σ (h_i + 1)/(2 k_i) + regular/2` and m = 1.
 *
 * ν adds up as well, `Σ ν_LO(k_i) + regular/2`. No mixed term in K means that the coefficients `a_i` of the log-likelihood
 * ratio `Σ a_i(X) x_i^{k_i}` are uncorrelated under the truth. The rescaled posterior is then a product of the one-direction
 * posteriors of row B6, each with its own N(0, 2) noise, and in the functional variance `Σ_ij E[a_i a_j] Cov(η_i^{k_i},
 * η_j^{k_j})` only i = j remains. A regular direction is k = 1, with ν_LO = 1/2. Under a prior that vanishes along a
 * direction ν is null, since row B6 is stated for the flat one.
 *
 * Orders are integers; all results are pure numbers.
 *
 * @throws RangeError when an order or count is not an integer in range, there is no direction at all, or the two lists
 * differ in length.
 * @see arXiv 2606.05957, rows B1(c), B4 and B6.
 * @example
 * import { smoothFibre } from '@dead-directions/selection-rule'
 *
 * smoothFibre({ orders: [2], regular: 1 }).lambdaFraction // '3/4': K = x⁴ + w²
 * smoothFibre({ orders: [2], regular: 0, priorOrders: [1] }).lambda // 0.5: prior |x|
 */
export function smoothFibre({ orders, regular, priorOrders }: TransversalOrders): Invariants {
  integers('orders', orders, 1, 0)
  integer('regular', regular, 0)
  if (orders.length + regular === 0) throw new RangeError('orders: got 0 entries and regular 0, expected a transversal direction')
  const prior = priorOrdersFor(orders, priorOrders)
  const lambda = orders.map((k, i) => threshold(k, prior[i] as number)).reduce(add, ratio(regular, 2))
  const flat = prior.every(h => h === 0)
  const nu = flat ? fluctuationSum(orders) + regular / 2 : null
  return invariants(lambda, 1, nu, flat ? 'B1(c) smooth fibre' : 'B1(c) smooth fibre with the prior shift of B4')
}

function fluctuationSum(orders: readonly number[]): number {
  const values = new Map([...new Set(orders)].map(k => [k, singularFluctuation(k).value]))
  return orders.reduce((sum, k) => sum + (values.get(k) as number), 0)
}

/**
 * λ and m of a sum of powers `Σ |w_i|^{p_i}`: λ = Σ 1/p_i, m = 1.
 *
 * `powers` are positive integers, odd ones included; λ and m are pure numbers and ν is null.
 *
 * @throws RangeError when `powers` is empty or holds anything but positive integers.
 * @see arXiv 2606.05957, row B3.
 * @example
 * import { sumOfPowers } from '@dead-directions/selection-rule'
 *
 * sumOfPowers([6, 4]).lambdaFraction // '5/12'
 */
export function sumOfPowers(powers: readonly number[]): Invariants {
  integers('powers', powers, 1, 1)
  return invariants(powers.map(p => ratio(1, p)).reduce(add), 1, null, 'B3 sum of powers')
}
