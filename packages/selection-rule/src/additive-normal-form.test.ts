import { describe, expect, test } from 'vitest'
import { additiveNormalForm, type CoordinatesWithDensity } from './additive-normal-form.ts'
import { smoothFibre } from './smooth-fibre.ts'

const twisted = (u: ArrayLike<number>): number => 4 * Math.abs(u[0]! ** 3 - u[1]! ** 3)

describe('additive normal form', () => {
  test.each<[string, CoordinatesWithDensity]>([
    ['a constant', { orders: [2, 2], regular: 0, density: () => 3 }],
    ['a Gaussian', { orders: [2, 3], regular: 1, density: x => Math.exp(-x.reduce((sum, v) => sum + v * v, 0)) }],
    ['a tilted plane', { orders: [3], regular: 2, density: x => 2 + x[0]! - 5 * x[2]! }],
    ['one away from a far zero', { orders: [4, 2], regular: 0, density: x => Math.abs(1 - 3 * x[0]! * x[1]!) }],
  ])('a density that is %s near the origin has the invariants of the smooth fibre', (_, form) => {
    const result = additiveNormalForm(form)
    const { lambda, lambdaFraction, multiplicity, nu } = smoothFibre(form)
    expect(result).toMatchObject({ kind: 'factorised', invariants: { lambda, lambdaFraction, multiplicity, nu, rule: 'B3 additive normal form' } })
  })

  test('the twisted map, density 4|u1³ - u2³|, is refused: its volume goes as ε^{5/4}, not ε^{1/2}', () => {
    const result = additiveNormalForm({ orders: [2, 2], regular: 0, density: twisted })
    expect(result).toMatchObject({ kind: 'refused', factorisedExponent: 0.5 })
    expect(result.measuredExponent).toBeCloseTo(5 / 4, 10)
    expect(result).toHaveProperty('reason', expect.stringContaining('ε^1.2500, a factorised volume as ε^1/2'))
  })

  test('integration on the plane confirms the twisted volume (32/5) 2^{-1/4} ε^{5/4} and the factorised slope 1/2', () => {
    // 4|u1³ - u2³| is the Jacobian of (u1, u2) → (x, y) = (u1⁴ + u2⁴, u1 + u2), two to one onto |y| < 2 (x/2)^{1/4}:
    // the volume is 2 ∫₀^ε 4 (x/2)^{1/4} dx.
    for (const epsilon of [0.05, 0.31, 0.9]) {
      expect(planeVolume(epsilon, twisted) / ((32 / 5) * 2 ** -0.25 * epsilon ** 1.25)).toBeCloseTo(1, 5)
      expect(planeVolume(epsilon, () => 1) / planeVolume(1, () => 1)).toBeCloseTo(epsilon ** 0.5, 10)
    }
  })

  test('a density |x|^h is refused with the exponent that the prior shift gives', () => {
    for (const [k, h] of [[1, 1], [2, 1], [3, 2], [2, 5]] as const) {
      const result = additiveNormalForm({ orders: [k], regular: 1, density: x => Math.abs(x[0]!) ** h })
      expect(result.kind).toBe('refused')
      expect(result.measuredExponent).toBeCloseTo(smoothFibre({ orders: [k], regular: 1, priorOrders: [h] }).lambda, 8)
    }
  })

  test('a density that is zero near the singular set, or grows like a logarithm, has no exponent', () => {
    const nowhere = additiveNormalForm({ orders: [2], regular: 0, density: () => 0 })
    const logarithm = additiveNormalForm({ orders: [2], regular: 0, density: x => -Math.log(Math.abs(x[0]!)) })
    for (const result of [nowhere, logarithm]) expect(result).toMatchObject({ kind: 'refused', factorisedExponent: 0.25, measuredExponent: null })
  })

  test('an impossible density is refused with the value and the point', () => {
    expect(() => additiveNormalForm({ orders: [2], regular: 0, density: () => NaN })).toThrow(/^density: got NaN at \[.+\], expected a finite number/)
    expect(() => additiveNormalForm({ orders: [2], regular: 1, density: x => x[1]! })).toThrow(RangeError)
    expect(() => additiveNormalForm({ orders: [0], regular: 0, density: () => 1 })).toThrow(new RangeError('orders[0]: got 0, expected an integer of at least 1'))
  })
})

/** `∫ density` over `{u1⁴ + u2⁴ < ε}` by midpoint rules: in the angle a of `u1 = ε^{1/4} sin a`, then along each chord. */
function planeVolume(epsilon: number, density: (u: number[]) => number): number {
  const cells = 1000
  let sum = 0
  for (let i = 0; i < cells; i++) {
    const a = ((i + 0.5) / cells - 0.5) * Math.PI
    const u1 = epsilon ** 0.25 * Math.sin(a)
    const reach = (epsilon - u1 ** 4) ** 0.25
    let chord = 0
    for (let j = 0; j < cells; j++) chord += density([u1, ((2 * j + 1) / cells - 1) * reach])
    sum += chord * reach * epsilon ** 0.25 * Math.cos(a)
  }
  return (2 * Math.PI * sum) / cells ** 2
}
