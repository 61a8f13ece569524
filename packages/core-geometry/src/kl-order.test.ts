import { matrix } from '@dead-directions/linalg'
import { describe, expect, it } from 'vitest'
import { additiveNormalForm, gaussianLocationCurve } from './gaussian-model.ts'
import { geometricGrid } from './geometric-grid.ts'
import { klOrder } from './kl-order.ts'
import type { StatisticalModel } from './statistical-model.ts'

describe('klOrder', () => {
  it('does not change under t → c t (1 + t), and the coefficients change by powers of c', () => {
    const c = 0.7
    const order = klOrder(gaussianLocationCurve(3), { point: t => Float64Array.of(c * t * (1 + t)) })
    if (order.kind === 'refused') throw new Error(order.reason)
    expect(Math.abs(order.klOrder - 3)).toBeLessThan(2 * order.standardError)
    expect(order.standardError).toBeLessThan(1e-3)
    // dθ/dt = c, so F = 9 (c t)⁴ c²; K = (c t)⁶/2.
    expect(order.fisher.coefficient / (9 * c ** 6)).toBeCloseTo(1, 1)
    expect(order.divergence.coefficient / (c ** 6 / 2)).toBeCloseTo(1, 1)
  })

  it('reads the lower order where two directions die together along a curve', () => {
    const order = klOrder(additiveNormalForm([2, 3]), { point: t => Float64Array.of(t ** 2, t), direction: t => Float64Array.of(2 * t, 1) })
    if (order.kind === 'refused') throw new Error(order.reason)
    // K = t⁸ + t⁶.
    expect(order.klOrder).toBeCloseTo(3, 2)
  })

  it('refuses a direction inside the degenerate set', () => {
    const flat: StatisticalModel = { ...additiveNormalForm([2, 1]), scoreMatrix: () => matrix(2, 2), divergence: () => 0 }
    const order = klOrder(flat, { origin: flat.truth, direction: Float64Array.of(1, 0) })
    expect(order).toMatchObject({ kind: 'refused', reason: 'Fisher information: vanishes identically to the precision floor' })
  })

  it('refuses when the two readings differ, and shows both', () => {
    const wrong: StatisticalModel = { ...gaussianLocationCurve(2), divergence: ([t]) => t! ** 6 }
    const order = klOrder(wrong, { origin: wrong.truth, direction: Float64Array.of(1) })
    expect(order).toMatchObject({ kind: 'refused', reason: 'the readings of k differ: 2.000 ± 0.000 from the fisher, 3.000 ± 0.000 from the divergence' })
    expect([order.fisher, order.divergence].map(fit => fit.kind)).toEqual(['rate', 'rate'])
  })

  it('refuses away from the degenerate set', () => {
    const order = klOrder(gaussianLocationCurve(2), { origin: Float64Array.of(0.5), direction: Float64Array.of(1) }, { t: geometricGrid(1e-6, 1e-3, 31) })
    expect(order.kind).toBe('refused')
  })

  it('names an approach of the wrong dimension', () => {
    expect(() => klOrder(gaussianLocationCurve(2), { point: () => Float64Array.of(1, 2) })).toThrow('approach: got 2 numbers, expected 1')
  })
})
