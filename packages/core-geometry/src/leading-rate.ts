/**
 * The leading behaviour of a function at `t → 0+`: `f(t) / t^rate → coefficient`, which is not zero.
 *
 * Source: arXiv 2606.05957, notation.
 */
export interface LeadingRate {
  readonly rate: number
  readonly coefficient: number
}

/** A sum whose leading terms cancel exactly: its rate jumps to some unknown value above `atLeast`. */
export interface Cancellation {
  readonly kind: 'cancelled'
  readonly atLeast: number
}

/**
 * The leading rate of a product: rates add, coefficients multiply.
 *
 * Source: arXiv 2606.05957, rates calculus.
 *
 * @example
 * import { multiply } from '@dead-directions/core-geometry'
 * multiply({ rate: 2, coefficient: 3 }, { rate: 1, coefficient: -1 }) // { rate: 3, coefficient: -3 }
 */
export function multiply(a: LeadingRate, b: LeadingRate): LeadingRate {
  return { rate: a.rate + b.rate, coefficient: a.coefficient * b.coefficient }
}

/**
 * The leading rate of a sum: the smaller rate wins, ties add their coefficients and may cancel.
 *
 * Source: arXiv 2606.05957, rates calculus.
 *
 * @returns the leading rate, or a {@link Cancellation} when two tied coefficients add to exactly zero
 * @example
 * import { add } from '@dead-directions/core-geometry'
 * add({ rate: 2, coefficient: 3 }, { rate: 4, coefficient: 9 }) // { rate: 2, coefficient: 3 }
 * add({ rate: 2, coefficient: 3 }, { rate: 2, coefficient: -3 }) // { kind: 'cancelled', atLeast: 2 }
 */
export function add(a: LeadingRate, b: LeadingRate): LeadingRate | Cancellation {
  if (a.rate !== b.rate) return a.rate < b.rate ? a : b
  const coefficient = a.coefficient + b.coefficient
  return coefficient === 0 ? { kind: 'cancelled', atLeast: a.rate } : { rate: a.rate, coefficient }
}

/**
 * The leading rate of a power `f^n`.
 *
 * Source: arXiv 2606.05957, rates calculus.
 *
 * @param n any real exponent; a negative coefficient allows whole numbers only
 * @throws RangeError when the power of the coefficient is not a real number
 * @example
 * import { power } from '@dead-directions/core-geometry'
 * power({ rate: 1, coefficient: 2 }, 3) // { rate: 3, coefficient: 8 }
 */
export function power(a: LeadingRate, n: number): LeadingRate {
  const coefficient = a.coefficient ** n
  if (Number.isNaN(coefficient)) throw new RangeError(`n: got ${n}, expected a whole number for the negative coefficient ${a.coefficient}`)
  return { rate: a.rate * n, coefficient }
}

/**
 * The leading rate of `f(t(s))` at `s → 0+`; a `t(s)` of rate one leaves the rate unchanged.
 *
 * Source: arXiv 2606.05957, rates calculus.
 *
 * @param inner leading rate of `t(s)`, with positive rate and positive coefficient
 * @throws RangeError when `t(s)` does not go to zero from above
 * @example
 * import { reparametrise } from '@dead-directions/core-geometry'
 * reparametrise({ rate: 4, coefficient: 1 }, { rate: 1, coefficient: 2 }) // { rate: 4, coefficient: 16 }
 */
export function reparametrise(a: LeadingRate, inner: LeadingRate): LeadingRate {
  if (!(inner.rate > 0)) throw new RangeError(`inner.rate: got ${inner.rate}, expected a positive number`)
  if (!(inner.coefficient > 0)) throw new RangeError(`inner.coefficient: got ${inner.coefficient}, expected a positive number`)
  return { rate: a.rate * inner.rate, coefficient: a.coefficient * inner.coefficient ** a.rate }
}
