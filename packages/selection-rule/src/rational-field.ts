import { add, type Rational, ratio } from './rational.ts'

export const zero: Rational = ratio(0)
export const one: Rational = ratio(1)

export function negate({ numerator, denominator }: Rational): Rational {
  return { numerator: -numerator, denominator }
}

export function subtract(a: Rational, b: Rational): Rational {
  return add(a, negate(b))
}

export function multiply(a: Rational, b: Rational): Rational {
  return ratio(a.numerator * b.numerator, a.denominator * b.denominator)
}

/** @throws RangeError when `b` is zero. */
export function divide(a: Rational, b: Rational): Rational {
  const sign = b.numerator < 0n ? -1n : 1n
  if (b.numerator === 0n) throw new RangeError('divisor: got 0, expected another number')
  return ratio(a.numerator * b.denominator * sign, a.denominator * b.numerator * sign)
}

/** -1, 0 or 1. */
export function sign({ numerator }: Rational): -1 | 0 | 1 {
  return numerator < 0n ? -1 : numerator > 0n ? 1 : 0
}

export function isInteger({ denominator }: Rational): boolean {
  return denominator === 1n
}

/** The smallest positive integer that makes every value an integer. */
export function commonDenominator(values: readonly Rational[]): bigint {
  return values.reduce((all, { denominator }) => all * ratio(denominator, all).numerator, 1n)
}
