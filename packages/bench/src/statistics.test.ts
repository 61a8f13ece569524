import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantile, spreadOf } from './statistics.ts'

describe('quantile', () => {
  it('reads p·n off the whole numbers 0 to n', () => {
    const sorted = Array.from({ length: 11 }, (_, i) => i)
    for (const p of [0, 0.1, 0.25, 0.5, 0.87, 1]) expect(quantile(sorted, p)).toBeCloseTo(10 * p, 12)
  })

  it('refuses no values', () => {
    expect(() => quantile([], 0.5)).toThrow('quantile: no values, expected at least one')
  })
})

describe('spreadOf', () => {
  it('gives 1, 5, 9 for 0 to 10 in any order', () => {
    const shuffled = [3, 10, 0, 7, 5, 1, 9, 2, 8, 4, 6]
    expect(spreadOf(shuffled)).toEqual({ low: 1, median: 5, high: 9 })
  })

  it('moves with an affine change of units and does not hear one outlier in eleven', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(values, numbers => {
        const { low, median, high } = spreadOf(numbers)
        const moved = spreadOf(numbers.map(value => 4 * value + 8))
        expect(moved.low).toBeCloseTo(4 * low + 8, 8)
        expect(moved.median).toBeCloseTo(4 * median + 8, 8)
        expect(moved.high).toBeCloseTo(4 * high + 8, 8)
      }),
    )
    expect(spreadOf([...Array.from({ length: 10 }, () => 1), 1e9]).high).toBe(1)
  })
})
