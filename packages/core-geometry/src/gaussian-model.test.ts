import { describe, expect, it } from 'vitest'
import { additiveNormalForm, gaussianLocationCurve } from './gaussian-model.ts'
import { geometricGrid } from './geometric-grid.ts'
import { klOrder } from './kl-order.ts'
import { directionalFisher } from './statistical-model.ts'

describe('gaussianLocationCurve', () => {
  it('has F = k² t^(2(k-1)), K = t^(2k)/2 and F t² = 2 k² K at every t, for k = 1…6', () => {
    for (let k = 1; k <= 6; k++) {
      const model = gaussianLocationCurve(k)
      for (const t of geometricGrid(1e-6, 2, 20)) {
        const theta = Float64Array.of(t)
        const fisher = directionalFisher(model, theta, Float64Array.of(1))
        expect(fisher / (k ** 2 * t ** (2 * (k - 1)))).toBeCloseTo(1, 13)
        expect(model.divergence(theta) / (t ** (2 * k) / 2)).toBeCloseTo(1, 13)
        expect((fisher * t ** 2) / (2 * k ** 2 * model.divergence(theta))).toBeCloseTo(1, 13)
      }
    }
  })

  it('reads 2(k-1) and 2k along the curve for k = 1…6', () => {
    for (let k = 1; k <= 6; k++) {
      const order = klOrder(gaussianLocationCurve(k), { point: t => Float64Array.of(t) })
      if (order.kind === 'refused') throw new Error(order.reason)
      expect(order.fisher.rate).toBeCloseTo(2 * (k - 1), 8)
      expect(order.fisher.coefficient / k ** 2).toBeCloseTo(1, 6)
      expect(order.divergence.rate).toBeCloseTo(2 * k, 8)
      expect(order.klOrder).toBeCloseTo(k, 8)
    }
  })

  it('names a wrong order and a wrong parameter', () => {
    expect(() => gaussianLocationCurve(1.5)).toThrow('k: got 1.5, expected a whole number of at least 1')
    expect(() => gaussianLocationCurve(2).divergence(Float64Array.of(1, 2))).toThrow('theta: got 2 numbers, expected 1')
    expect(() => gaussianLocationCurve(2).scoreMatrix(Float64Array.of(Number.NaN))).toThrow('theta[0]: got NaN, expected a finite number')
  })
})

describe('additiveNormalForm', () => {
  it('has K = θ1⁴ + θ2² and k = (2, 1)', () => {
    const model = additiveNormalForm([2, 1])
    expect(model.divergence(Float64Array.of(0.3, -0.2))).toBeCloseTo(0.3 ** 4 + 0.2 ** 2, 15)
    for (const { approach, klOrder: k } of model.degenerations) {
      const order = klOrder(model, approach)
      if (order.kind === 'refused') throw new Error(order.reason)
      expect(order.klOrder).toBeCloseTo(k, 8)
    }
    expect(model.degenerations.map(({ klOrder }) => klOrder)).toEqual([2, 1])
  })
})
