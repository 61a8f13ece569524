import { describe, expect, test } from 'vitest'
import { crossing, unitCubeSublevelVolume } from './crossing.ts'

describe('crossing', () => {
  test.each([
    ['x²y²', [1, 1], '1/2', 2],
    ['x⁴y²', [2, 1], '1/4', 1],
    ['x²y²z²', [1, 1, 1], '1/2', 3],
  ])('K = %s has λ and m of the table', (_, orders, lambdaFraction, multiplicity) => {
    const [p, q = 1] = lambdaFraction.split('/').map(Number)
    expect(crossing({ orders })).toMatchObject({ lambda: p! / q, lambdaFraction, multiplicity, nu: null, rule: 'B2 crossing' })
  })

  test('a prior can make unequal orders tie', () => {
    expect(crossing({ orders: [2, 1], priorOrders: [1, 0] })).toMatchObject({ lambdaFraction: '1/2', multiplicity: 2 })
    expect(crossing({ orders: [2, 3, 6], priorOrders: [0, 0, 2] })).toMatchObject({ lambdaFraction: '1/6', multiplicity: 1 })
    expect(crossing({ orders: [3, 6], priorOrders: [0, 1] })).toMatchObject({ lambdaFraction: '1/6', multiplicity: 2 })
  })

  test.each([
    [[1, 1], [0, 0]],
    [[2, 1], [0, 0]],
    [[2, 1], [1, 0]],
    [[3, 2], [2, 0]],
    [[1, 2], [1, 3]],
  ])('the integrated volume of K = Π x^{2k} under Π x^h follows ε^λ (log 1/ε)^{m-1}: k = %j, h = %j', (orders, priorOrders) => {
    // log V(L) = log c - λL + (m-1) log L + O(1/L) with L = log 1/ε; three depths give λ and m.
    const depths = [100, 200, 400]
    const [v1, v2, v3] = depths.map(depth => Math.log(planeVolume(orders, priorOrders, depth)))
    const log2 = Math.log(2)
    // v1 - v2 = λ·100 - (m-1) log 2 and v2 - v3 = λ·200 - (m-1) log 2.
    const lambda = (v2! - v3! - (v1! - v2!)) / 100
    const multiplicity = 1 + (lambda * 100 - (v1! - v2!)) / log2
    const rule = crossing({ orders, priorOrders })
    expect(Math.abs(lambda - rule.lambda)).toBeLessThan(2e-4)
    expect(Math.abs(multiplicity - rule.multiplicity)).toBeLessThan(0.03)
  })

  test('bad orders are refused by name', () => {
    expect(() => crossing({ orders: [] })).toThrow(new RangeError('orders: got 0 entries, expected an array of at least 1'))
    expect(() => crossing({ orders: [1, 0] })).toThrow(new RangeError('orders[1]: got 0, expected an integer of at least 1'))
    expect(() => crossing({ orders: [1], priorOrders: [-1] })).toThrow(new RangeError('priorOrders[0]: got -1, expected an integer of at least 0'))
    expect(() => crossing({ orders: [1, 2], priorOrders: [1] })).toThrow(new RangeError('priorOrders: got 1 entries, expected 2, one per order'))
  })
})

describe('sublevel volume of the unit cube', () => {
  test('r = 2 is δ (1 - log δ)', () => {
    for (const delta of [1e-12, 0.01, 0.5, 1]) expect(unitCubeSublevelVolume(2, delta)).toBeCloseTo(delta * (1 - Math.log(delta)), 14)
  })

  test('the closed form is the layer-by-layer integral in every dimension to 4 and weight to 3', () => {
    for (let r = 1; r <= 4; r++)
      for (let h = 0; h <= 3; h++)
        for (const delta of [0.7, 0.2, 0.03]) {
          const expected = nestedVolume(r, -Math.log(delta), h)
          expect(Math.abs(unitCubeSublevelVolume(r, delta, h) / expected - 1), `r = ${r}, h = ${h}, δ = ${delta}`).toBeLessThan(1e-9)
        }
  })

  test('the closed form has the λ and m of its crossing', () => {
    // K = Π x_i², ε = δ²: log V = λ log ε + (m-1) log log 1/ε + const.
    const slope = (r: number, h: number, depth: number): number =>
      Math.log(unitCubeSublevelVolume(r, Math.exp(-depth), h) / unitCubeSublevelVolume(r, Math.exp(-2 * depth), h))
    for (const [r, h] of [[1, 0], [2, 0], [3, 0], [2, 1]] as const) {
      const { lambda, multiplicity } = crossing({ orders: Array<number>(r).fill(1), priorOrders: Array<number>(r).fill(h) })
      const depth = 150
      expect(Math.abs(slope(r, h, depth) - (2 * lambda * depth - (multiplicity - 1) * Math.log(2)))).toBeLessThan((2 * r) / depth)
    }
  })

  test('is zero at δ = 0, the whole weighted cube at δ = 1, and refuses the rest', () => {
    expect(unitCubeSublevelVolume(3, 0)).toBe(0)
    expect(unitCubeSublevelVolume(3, 1, 1)).toBe(1 / 8)
    expect(() => unitCubeSublevelVolume(2, 1.5)).toThrow(new RangeError('delta: got 1.5, expected a number from 0 to 1'))
    expect(() => unitCubeSublevelVolume(2, NaN)).toThrow(RangeError)
    expect(() => unitCubeSublevelVolume(0, 0.5)).toThrow(new RangeError('r: got 0, expected an integer of at least 1'))
  })
})

/** Volume of `{Π x_i < e^{-depth}}` with weight Π x^h, integrated one coordinate at a time. */
function nestedVolume(r: number, depth: number, h: number): number {
  if (r === 1) return Math.exp(-(h + 1) * depth) / (h + 1)
  // x = e^{-a}: below a = depth the rest of the cube must stay under e^{a - depth}; beyond, all of it counts.
  const beyond = Math.exp(-(h + 1) * depth) / (h + 1) ** r
  return simpson(0, depth, 40, a => Math.exp(-(h + 1) * a) * nestedVolume(r - 1, depth - a, h)) + beyond
}

/** Volume of `{x^{2 k_1} y^{2 k_2} < e^{-depth}}` in the unit square with weight x^{h_1} y^{h_2}, one axis integrated numerically. */
function planeVolume([k1, k2]: readonly number[], [h1, h2]: readonly number[], depth: number): number {
  const end = depth / (2 * k1!)
  const inside = simpson(0, end, 20_000, a => Math.exp(-(h1! + 1) * a - ((h2! + 1) * (depth - 2 * k1! * a)) / (2 * k2!)))
  return (inside + Math.exp(-(h1! + 1) * end) / (h1! + 1)) / (h2! + 1)
}

function simpson(from: number, to: number, intervals: number, f: (x: number) => number): number {
  const step = (to - from) / intervals
  let sum = f(from) + f(to)
  for (let i = 1; i < intervals; i++) sum += (i % 2 === 1 ? 4 : 2) * f(from + i * step)
  return (sum * step) / 3
}
