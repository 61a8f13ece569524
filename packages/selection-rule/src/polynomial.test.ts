import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { absolute, constant, constantValue, negative, type Polynomial, polynomialText, powerOf, product, sum, variable, variablesOf } from './polynomial.ts'
import { ratio } from './rational.ts'

const [x, y] = [variable('x'), variable('y')]
const small = fc.integer({ min: -3, max: 3 }).map(n => constant(ratio(n, 2)))
const polynomials = fc.array(fc.tuple(small, fc.constantFrom<Polynomial>(x, y, product(x, y), absolute(x))), { maxLength: 4 }).map(parts =>
  parts.reduce((all, [c, m]) => sum(all, product(c, m)), constant(ratio(0))),
)

/** The same terms, in any order. */
const same = (a: Polynomial, b: Polynomial) => expect(sum(a, negative(b)).size).toBe(0)

describe('polynomials with signs', () => {
  test('are a commutative ring', () => {
    fc.assert(
      fc.property(polynomials, polynomials, polynomials, (a, b, c) => {
        same(product(a, b), product(b, a))
        same(product(a, sum(b, c)), sum(product(a, b), product(a, c)))
        same(product(product(a, b), c), product(a, product(b, c)))
      }),
      { numRuns: 50 },
    )
  })

  test('raise a sum to a power by the binomial coefficients', () => {
    const coefficients = [...powerOf(sum(x, y), ratio(5)).values()].map(({ coefficient }) => Number(coefficient.numerator)).sort((a, b) => a - b)
    expect(coefficients).toEqual([1, 1, 5, 5, 10, 10])
  })

  test('forget the sign of x in |x|² and keep it in x |x|', () => {
    same(powerOf(absolute(x), ratio(2)), powerOf(x, ratio(2)))
    expect(sum(product(x, absolute(x)), negative(powerOf(x, ratio(2)))).size).toBe(2)
    expect(polynomialText(powerOf(absolute(x), ratio(3)))).toBe('|x|^3')
  })

  test('know their variables and their constants', () => {
    expect(variablesOf(product(y, x), constant(ratio(3)))).toEqual(['x', 'y'])
    expect([constantValue(constant(ratio(3))), constantValue(constant(ratio(0))), constantValue(x)]).toEqual([ratio(3), ratio(0), null])
  })
})
