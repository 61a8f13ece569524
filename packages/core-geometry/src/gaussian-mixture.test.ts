import { singularValues } from '@dead-directions/linalg'
import { describe, expect, it } from 'vitest'
import { gaussianMixture } from './gaussian-mixture.ts'
import { klOrder } from './kl-order.ts'
import { directionalFisher } from './statistical-model.ts'

const model = gaussianMixture()
const at = (w: number, m: number) => Float64Array.of(w, m)

/** Adaptive Simpson of E_{N(0,1)}[g]. */
function expectation(g: (x: number) => number): number {
  const f = (x: number) => (g(x) * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI)
  const n = 40_000
  const h = 28 / n
  let sum = 0
  for (let i = 0; i <= n; i++) sum += f(-14 + i * h) * (i === 0 || i === n ? 1 : i % 2 === 0 ? 2 : 4)
  return (sum * h) / 3
}

describe('gaussianMixture', () => {
  it('has K = t⁴/2 + O(t⁵) and Fisher rate 2 with coefficient 4 along (t, t)', () => {
    for (const t of [1e-2, 1e-4, 1e-8]) expect(Math.abs(model.divergence(at(t, t)) / (t ** 4 / 2) - 1)).toBeLessThan(3 * t)
    const order = klOrder(model, model.degenerations[0]!.approach)
    if (order.kind === 'refused') throw new Error(order.reason)
    expect(Math.abs(order.klOrder - 2)).toBeLessThan(3 * order.standardError)
    expect(order.standardError).toBeLessThan(1e-3)
    expect(order.fisher.rate).toBeCloseTo(2, 3)
    expect(order.fisher.coefficient).toBeCloseTo(4, 1)
    expect(directionalFisher(model, at(1e-7, 1e-7), at(1, 1)) / 4e-14).toBeCloseTo(1, 5)
  })

  it('is regular where only one of weight and mean vanishes', () => {
    for (const { approach, klOrder: k } of model.degenerations.slice(1)) {
      const order = klOrder(model, approach)
      if (order.kind === 'refused') throw new Error(order.reason)
      expect(k).toBe(1)
      expect(order.klOrder).toBeCloseTo(1, 3)
    }
  })

  it('agrees with the definition of K and F by another quadrature', () => {
    for (const [w, m] of [[0.3, 1], [0.7, -2], [0.05, 4]] as const) {
      const r = (x: number) => 1 - w + w * Math.exp(m * x - m ** 2 / 2)
      expect(Math.abs(model.divergence(at(w, m)) - expectation(x => -Math.log(r(x))))).toBeLessThan(1e-12)
      const fisherM = expectation(x => ((w * (x - m) * Math.exp(m * x - m ** 2 / 2)) / r(x)) ** 2 * r(x))
      expect(Math.abs(directionalFisher(model, at(w, m), at(0, 1)) / fisherM - 1)).toBeLessThan(1e-11)
    }
  })

  it('has a Fisher determinant that is positive inside and tends to zero with w', () => {
    const determinant = (w: number, m: number) => singularValues(model.scoreMatrix(at(w, m))).reduce((product, s) => product * s * s, 1)
    for (const w of [0.01, 0.3, 0.9]) for (const m of [-2, -0.1, 0.5, 3]) expect(determinant(w, m)).toBeGreaterThan(1e-10)
    for (const m of [0.25, 0.5, 1]) {
      // w → 0: E[q²] E[b²] - E[q b]² with q = e - 1, b = (x - m) e and e = exp(m x - m²/2).
      const limit = Math.expm1(m * m) * (1 + m * m) * Math.exp(m * m) - m * m * Math.exp(2 * m * m)
      expect(determinant(1e-7, m) / 1e-14 / limit).toBeCloseTo(1, 4)
    }
    expect(singularValues(model.scoreMatrix(at(0, 1)))[1]).toBe(0)
  })

  it('names a parameter outside its domain', () => {
    expect(() => model.divergence(at(-0.1, 1))).toThrow('theta[0]: got -0.1, expected a weight in [0, 1)')
    expect(() => model.scoreMatrix(at(0.1, 9))).toThrow('theta[1]: got 9, expected a mean in [-8, 8]')
  })
})
