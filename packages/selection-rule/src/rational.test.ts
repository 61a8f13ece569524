import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { add, compare, ratio, toNumber, toText } from './rational.ts'

const parts = fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 1000 }))

describe('rational', () => {
  test('is in lowest terms', () => {
    expect(ratio(-6, 4)).toEqual({ numerator: -3n, denominator: 2n })
    expect(ratio(0, 7)).toEqual({ numerator: 0n, denominator: 1n })
    expect([ratio(12, 4), ratio(5, 10)].map(toText)).toEqual(['3', '1/2'])
  })

  test('adds and compares as the integers over a common denominator do', () => {
    fc.assert(
      fc.property(parts, parts, ([a, b], [c, d]) => {
        expect(toNumber(add(ratio(a, b), ratio(c, d)))).toBeCloseTo(a / b + c / d, 10)
        expect(compare(ratio(a, b), ratio(c, d))).toBe(Math.sign(a * d - c * b))
      }),
    )
  })
})
