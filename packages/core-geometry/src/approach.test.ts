import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { approachPoint } from './approach.ts'

describe('approachPoint', () => {
  it('differentiates polynomial curves of degree four to rounding', () => {
    const coefficient = fc.double({ min: -2, max: 2, noNaN: true })
    fc.assert(fc.property(fc.tuple(coefficient, coefficient, coefficient, coefficient, coefficient), fc.double({ min: 1e-3, max: 1, noNaN: true }), ([a, b, c, d, e], t) => {
      const { tangent, tangentError } = approachPoint({ point: t => Float64Array.of(a + t * (b + t * (c + t * (d + t * e)))) }, t)
      const exact = b + t * (2 * c + t * (3 * d + t * 4 * e))
      expect(Math.abs(tangent[0]! - exact)).toBeLessThan(8 * tangentError + (64 * Number.EPSILON * 10) / t)
    }))
  })

  it('takes the given tangent, and the direction of a ray as it is', () => {
    expect(approachPoint({ point: t => Float64Array.of(t ** 9), direction: t => Float64Array.of(9 * t ** 8) }, 0.5).tangent).toEqual(Float64Array.of(9 / 256))
    expect(approachPoint({ origin: Float64Array.of(1, 2), direction: Float64Array.of(3, -4) }, 0.5)).toMatchObject({
      theta: Float64Array.of(2.5, 0),
      tangent: Float64Array.of(3, -4),
    })
  })
})
