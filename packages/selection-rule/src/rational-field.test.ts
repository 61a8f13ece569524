import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { add, compare, ratio, toText } from './rational.ts'
import { commonDenominator, divide, isInteger, multiply, negate, sign, subtract, zero } from './rational-field.ts'

const rationals = fc.tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: 1, max: 999 })).map(([p, q]) => ratio(p, q))

describe('the field of fractions', () => {
  test('has differences, products and quotients that undo sums and products', () => {
    fc.assert(
      fc.property(rationals, rationals, rationals, (a, b, c) => {
        expect(subtract(add(a, b), b)).toEqual(a)
        expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)))
        expect(sign(subtract(a, b))).toBe(compare(a, b))
        fc.pre(sign(b) !== 0)
        expect(divide(multiply(a, b), b)).toEqual(a)
      }),
    )
  })

  test('keeps denominators positive', () => {
    expect(toText(divide(ratio(3), ratio(-6)))).toBe('-1/2')
    expect(toText(negate(ratio(-3, 4)))).toBe('3/4')
    expect(() => divide(ratio(1), zero)).toThrow('divisor: got 0, expected another number')
  })

  test('finds the least common denominator', () => {
    expect(commonDenominator([ratio(1, 4), ratio(5, 6), ratio(2)])).toBe(12n)
    expect([isInteger(ratio(4, 2)), isInteger(ratio(1, 2))]).toEqual([true, false])
  })
})
