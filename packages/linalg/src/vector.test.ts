import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dot, norm } from './vector.ts'

describe('dot', () => {
  it('sums exactly where all partial sums are whole numbers', () => {
    for (let n = 0; n < 40; n++) {
      const x = Float64Array.from({ length: n }, (_, i) => i)
      expect(dot(x, x)).toBe(((n - 1) * n * (2 * n - 1)) / 6)
    }
  })

  it('refuses vectors of different length', () => {
    expect(() => dot(new Float64Array(2), new Float64Array(3))).toThrow('dot: y has 3 entries, expected 2')
  })
})

describe('norm', () => {
  it('scales exactly with powers of two over the whole range', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), exponent => {
        const x = Float64Array.of(3, 0, -4).map(value => value * 2 ** exponent)
        expect(norm(x) / 2 ** exponent).toBeCloseTo(5, 14)
      }),
    )
  })

  it('is zero for nothing and for zeros, and not finite for what is not', () => {
    expect(norm(new Float64Array())).toBe(0)
    expect(norm(new Float64Array(3))).toBe(0)
    expect(norm(Float64Array.of(1, -Infinity))).toBe(Infinity)
    expect(norm(Float64Array.of(1, Number.NaN))).toBeNaN()
  })
})
