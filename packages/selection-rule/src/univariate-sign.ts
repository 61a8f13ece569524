import { type Rational, ratio } from './rational.ts'
import { divide, multiply, negate, sign, subtract, zero } from './rational-field.ts'

/** Coefficients from the constant upwards; the last is not zero. */
type Univariate = readonly Rational[]

/** What a polynomial does on the open half-line `s > 0`. */
export type SignOnHalfLine = 'positive' | 'negative somewhere' | 'zero without a change of sign'

/**
 * The sign of a polynomial for `s > 0`, exactly: repeated factors by greatest common divisors, roots counted with Sturm
 * chains.
 *
 * @param coefficients from the constant upwards, not all zero
 */
export function signOnHalfLine(coefficients: readonly Rational[]): SignOnHalfLine {
  const first = coefficients.findIndex(value => sign(value) !== 0)
  const polynomial = trimmed(coefficients.slice(first))
  if (sign(polynomial[0]!) < 0) return 'negative somewhere'
  const factors = repeatedFactors(polynomial)
  const changes = factors.some((factor, i) => i % 2 === 0 && positiveRoots(factor) > 0)
  if (changes) return 'negative somewhere'
  return factors.some(factor => positiveRoots(factor) > 0) ? 'zero without a change of sign' : 'positive'
}

/** Square-free factors by multiplicity, from one upwards (Yun). */
function repeatedFactors(polynomial: Univariate): Univariate[] {
  const factors: Univariate[] = []
  const slope = derivative(polynomial)
  const common = greatestCommonDivisor(polynomial, slope)
  let [b, c] = [quotient(polynomial, common), quotient(slope, common)]
  while (b.length > 1) {
    const d = trimmed(minus(c, derivative(b)))
    const factor = greatestCommonDivisor(b, d)
    factors.push(factor)
    ;[b, c] = [quotient(b, factor), quotient(d, factor)]
  }
  return factors
}

/** Distinct roots in `(0, ∞)` of a square-free polynomial without the root zero (Sturm). */
function positiveRoots(polynomial: Univariate): number {
  const chain = [polynomial]
  let next = derivative(polynomial)
  while (next.length > 0) {
    chain.push(next)
    next = remainder(chain.at(-2)!, next).map(negate)
  }
  return changes(chain.map(p => sign(p[0] ?? zero))) - changes(chain.map(p => sign(p.at(-1) ?? zero)))
}

function changes(signs: readonly number[]): number {
  const seen = signs.filter(value => value !== 0)
  return seen.slice(1).filter((value, i) => value !== seen[i]).length
}

function derivative(a: Univariate): Univariate {
  return a.slice(1).map((value, i) => multiply(value, ratio(i + 1)))
}

/** Monic; the other one when one of the two is zero. */
function greatestCommonDivisor(a: Univariate, b: Univariate): Univariate {
  let [left, right] = [a, b]
  while (right.length > 0) [left, right] = [right, remainder(left, right)]
  return left.map(value => divide(value, left.at(-1)!))
}

function quotient(a: Univariate, b: Univariate): Univariate {
  return division(a, b).quotient
}

function remainder(a: Univariate, b: Univariate): Univariate {
  return division(a, b).remainder
}

function division(a: Univariate, b: Univariate): { quotient: Univariate; remainder: Univariate } {
  const left = [...a]
  const result: Rational[] = []
  for (let shift = a.length - b.length; shift >= 0; shift--) {
    const factor = divide(left[shift + b.length - 1]!, b.at(-1)!)
    result.unshift(factor)
    b.forEach((value, i) => (left[shift + i] = subtract(left[shift + i]!, multiply(factor, value))))
  }
  return { quotient: trimmed(result), remainder: trimmed(left) }
}

function minus(a: Univariate, b: Univariate): Univariate {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => subtract(a[i] ?? zero, b[i] ?? zero))
}

function trimmed(a: Univariate): Univariate {
  return a.slice(0, a.findLastIndex(value => sign(value) !== 0) + 1)
}
