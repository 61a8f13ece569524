import { additiveNormalForm, crossing, type CrossingOrders, smoothFibre, sumOfPowers, type TransversalOrders } from '@dead-directions/selection-rule'
import { exactly, type KnownAnswer, onlyClosedForm, type RuleReading, secondRule } from '../model.ts'
import { monomials, type PolynomialDivergence, priorOf } from '../polynomial.ts'

/** What the measured rate of a mean density may err by. */
const RATE_ERROR = 1e-3

/**
 * A crossing of components, `K = Π x_i^{2 k_i}` under the prior `Π |x_i|^{h_i}`.
 *
 * @throws RangeError when an order is not an integer in range or the two lists differ in length
 * @see arXiv 2606.05957, rows B2 and B4.
 * @example
 * import { crossingForm } from '@dead-directions/calibration'
 *
 * crossingForm({ orders: [1, 2], priorOrders: [0, 1] }).exact // λ = 1/2, m = 2
 */
export function crossingForm({ orders, priorOrders = orders.map(() => 0) }: CrossingOrders): KnownAnswer {
  const divergence = monomials([orders.map(k => 2 * k)], { priorOrders })
  return {
    name: `crossing-${ordersName(orders, priorOrders)}`,
    family: 'crossing',
    title: `crossing of components of orders ${orders.join(', ')}${priorTitle(divergence)}`,
    exact: exactly(crossing({ orders, priorOrders })),
    divergence,
    network: null,
    rule: onlyClosedForm,
  }
}

/**
 * The additive normal form `K = Σ x_i^{2 k_i} + Σ w_j²` under the prior `Π |x_i|^{h_i}`. Its second derivation measures how
 * the volume of `{K < ε}` falls (row B3).
 *
 * @throws RangeError when an order or count is out of range, there is no direction, or the two lists differ in length
 * @see arXiv 2606.05957, rows B1(c), B3 and B4.
 * @example
 * import { additiveForm } from '@dead-directions/calibration'
 *
 * additiveForm({ orders: [2, 3], regular: 1 }).exact.lambdaFraction // '11/12'
 */
export function additiveForm({ orders, regular, priorOrders = orders.map(() => 0) }: TransversalOrders): KnownAnswer {
  const divergence = powersAlone([...orders.map(k => 2 * k), ...Array<number>(regular).fill(2)], [...priorOrders, ...Array<number>(regular).fill(0)])
  return {
    name: `additive-${ordersName(orders, priorOrders)}-regular-${regular}`,
    family: 'additive',
    title: `dead directions of orders ${orders.join(', ')} beside ${regular} regular${priorTitle(divergence)}`,
    exact: exactly(smoothFibre({ orders, regular, priorOrders })),
    divergence,
    network: null,
    rule: () => measuredVolume({ orders, regular, priorOrders }),
  }
}

/**
 * The sum of powers `K = Σ |w_i|^{p_i}`, λ = Σ 1/p_i; with even powers a smooth fibre is its second derivation.
 *
 * @throws RangeError when `powers` is empty or holds anything but positive integers
 * @see arXiv 2606.05957, row B3.
 * @example
 * import { powersForm } from '@dead-directions/calibration'
 *
 * powersForm([3, 4]).exact.lambdaFraction // '7/12'
 */
export function powersForm(powers: readonly number[]): KnownAnswer {
  const odd = powers.find(p => p % 2 === 1)
  return {
    name: `powers-${powers.join('-')}`,
    family: 'powers',
    title: `sum of the powers ${powers.join(', ')}`,
    exact: exactly(sumOfPowers(powers)),
    divergence: powersAlone(powers),
    network: null,
    rule: odd === undefined ? () => secondRule(smoothFibre({ orders: powers.map(p => p / 2), regular: 0 })) : { missing: `the rules are for even powers, and |w|^${odd} is none` },
  }
}

/** λ as the exponent of the measured volume, refused where it is no power. */
function measuredVolume({ orders, regular, priorOrders }: Required<TransversalOrders>): RuleReading {
  const density = (point: Float64Array): number => priorOrders.reduce((product, h, i) => product * Math.abs(point[i]!) ** h, 1)
  const form = additiveNormalForm({ orders, regular, density })
  if (form.measuredExponent === null) throw new RangeError('density: the volume of {K < ε} follows no power')
  return { lambda: form.measuredExponent, multiplicity: 1, rule: 'B3 measured volume', standardError: RATE_ERROR / (2 * Math.max(1, ...orders)) }
}

/** A term for each variable, its power alone. */
function powersAlone(powers: readonly number[], priorOrders?: readonly number[]): PolynomialDivergence {
  return monomials(powers.map((power, i) => powers.map((_, j) => (i === j ? power : 0))), priorOrders === undefined ? {} : { priorOrders })
}

function priorTitle(divergence: PolynomialDivergence): string {
  return divergence.priorOrders.some(h => h > 0) ? ` under the prior ${priorOf(divergence)}` : ''
}

function ordersName(orders: readonly number[], priorOrders: readonly number[]): string {
  return `${orders.join('-')}${priorOrders.some(h => h > 0) ? `-prior-${priorOrders.join('-')}` : ''}`
}
