import fc from 'fast-check'
import { expect, test } from 'vitest'
import { add, type Rational, ratio } from './rational.ts'
import { multiply, zero } from './rational-field.ts'
import { signOnHalfLine } from './univariate-sign.ts'

const times = (a: readonly Rational[], b: readonly Rational[]) =>
  Array.from({ length: a.length + b.length - 1 }, (_, n) => a.reduce((sum, value, i) => add(sum, multiply(value, b[n - i] ?? zero)), zero))
const root = fc.tuple(fc.integer({ min: -6, max: 6 }).filter(p => p !== 0), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }))

test('the sign on the half-line is that of the positive roots, by their multiplicities', () => {
  fc.assert(
    fc.property(fc.array(root, { maxLength: 4 }), fc.integer({ min: 0, max: 2 }), (roots, complexPairs) => {
      const factors = roots.flatMap(([p, q, multiplicity]) => Array.from({ length: multiplicity }, () => [ratio(-p), ratio(q)]))
      // s² - s + 1 has no real root, yet a negative coefficient.
      const pairs = Array.from({ length: complexPairs }, () => [ratio(1), ratio(-1), ratio(1)])
      const polynomial = [...factors, ...pairs].reduce<readonly Rational[]>(times, [ratio(1)])
      const counts = new Map<number, number>()
      for (const [p, q, multiplicity] of roots) if (p > 0) counts.set(p / q, (counts.get(p / q) ?? 0) + multiplicity)
      const multiplicities = [...counts.values()]
      const expected = multiplicities.some(m => m % 2 === 1) ? 'negative somewhere' : multiplicities.length > 0 ? 'zero without a change of sign' : 'positive'
      expect(signOnHalfLine(polynomial)).toBe(expected)
    }),
  )
})

test('a positive leading and constant coefficient do not hide a close pair of roots', () => {
  // (s - 1)² - 10⁻²⁰ dips below zero, (s - 1)² + 10⁻²⁰ does not.
  const tiny = ratio(1n, 10n ** 20n)
  expect(signOnHalfLine([add(ratio(1), multiply(ratio(-1), tiny)), ratio(-2), ratio(1)])).toBe('negative somewhere')
  expect(signOnHalfLine([add(ratio(1), tiny), ratio(-2), ratio(1)])).toBe('positive')
  expect(signOnHalfLine([ratio(1), ratio(-2), ratio(1)])).toBe('zero without a change of sign')
})

test('roots at zero do not count, whatever their multiplicity', () => {
  expect(signOnHalfLine([ratio(0), ratio(0), ratio(0), ratio(2)])).toBe('positive')
  expect(signOnHalfLine([ratio(0), ratio(-1)])).toBe('negative somewhere')
})
