import { fromRows, matrix, multiply } from '@dead-directions/linalg'
import { describe, expect, it } from 'vitest'
import { fitLeadingRate } from './fit-leading-rate.ts'
import { additiveNormalForm } from './gaussian-model.ts'
import { geometricGrid } from './geometric-grid.ts'
import { directionalFisher, fisherSpectrum } from './statistical-model.ts'
import { tanhTwoLayer } from './two-layer.ts'

describe('directionalFisher', () => {
  it('is quadratic in the direction', () => {
    const model = additiveNormalForm([2, 1])
    const at = Float64Array.of(0.3, 5)
    // F = diag(8 θ1², 2).
    expect(directionalFisher(model, at, Float64Array.of(3, -2))).toBeCloseTo(9 * 8 * 0.09 + 4 * 2, 13)
  })

  it('names a vector of the wrong length', () => {
    const model = additiveNormalForm([2, 1])
    expect(() => directionalFisher(model, Float64Array.of(1), Float64Array.of(1, 1))).toThrow('theta: got 1 numbers, expected 2')
    expect(() => directionalFisher(model, Float64Array.of(1, 1), Float64Array.of(1))).toThrow('u: got 1 numbers, expected 2')
  })
})

describe('fisherSpectrum', () => {
  it('keeps the smallest eigenvalues of F = diag(18 θ1⁴, 2, 8 θ3²)', () => {
    const spectrum = fisherSpectrum(additiveNormalForm([3, 1, 2]), Float64Array.of(1e-7, 3, 1e-12))
    const expected = [2, 8e-24, 18e-28]
    spectrum.forEach((value, i) => expect(value / expected[i]!).toBeCloseTo(1, 12))
  })

  it('has a zero for every parameter beyond the number of scores', () => {
    const model = tanhTwoLayer({ inputs: fromRows([[1, 2]]), teacher: { inner: fromRows([[1, 0]]), outer: fromRows([[1]]) } })
    const at = Float64Array.of(1, 0.2, 0.3, 0.4, 0.5, 0.6)
    const [largest, ...others] = fisherSpectrum(model, at)
    // One score: the eigenvalue is its squared length.
    const slopes = [[1.4, 0.5], [1.1, 0.6]].map(([x, a]) => 5 * (a! * (1 - Math.tanh(x!) ** 2)) ** 2 + Math.tanh(x!) ** 2)
    expect(largest).toBeCloseTo(slopes[0]! + slopes[1]!, 14)
    expect(others).toEqual([0, 0, 0, 0, 0])
  })

  it('decays at 2(k-1) in each dead direction at once', () => {
    const model = additiveNormalForm([2, 3, 1])
    const t = geometricGrid(1e-5, 0.1, 33)
    for (const [position, rate] of [[1, 2], [2, 4]] as const) {
      const fit = fitLeadingRate(t, t.map(t => fisherSpectrum(model, Float64Array.of(t, t, 0))[position]!))
      if (fit.kind === 'refused') throw new Error(fit.reason)
      expect(fit.rate).toBeCloseTo(rate, 10)
    }
  })
})

describe('the score matrix of a tanh network with a vanishing unit', () => {
  const rows = [[1, 0.2], [-0.7, 1.1], [0.4, -1.3], [1.9, 0.6]] as const
  const model = tanhTwoLayer({ inputs: fromRows(rows), teacher: { inner: fromRows([[0.8, -0.5]]), outer: fromRows([[1.1]]) } })
  // Parameters: teacher's unit w (2), dying unit (2), outgoing weights (2).
  const dying = Float64Array.of(0, 0, 0.6, 0.3, 0, 0.9)
  const regular = Float64Array.of(0, 0, 0, 0, 1, 0)
  const image = (t: number, u: Float64Array) => multiply(model.scoreMatrix(model.truth.map((value, i) => value + t * dying[i]!)), matrix(6, 1, u)).data
  const average = (f: (x: number, y: number) => number) => rows.reduce((sum, [x, y]) => sum + f(x, y) / rows.length, 0)

  it('has cross entry k t^(k-1) E[a b] and regular block g + O(t), at k = 2', () => {
    const t = geometricGrid(1e-6, 0.3, 45)
    const a = (x: number, y: number) => 0.9 * (0.6 * x + 0.3 * y)
    const b = (x: number, y: number) => Math.tanh(0.8 * x - 0.5 * y)
    const expected = 2 * average((x, y) => a(x, y) * b(x, y))
    const cross = fitLeadingRate(t, t.map(t => {
      const [u, v] = [image(t, dying), image(t, regular)]
      return Math.abs(u.reduce((sum, value, i) => sum + value * v[i]!, 0))
    }))
    if (cross.kind === 'refused') throw new Error(cross.reason)
    expect(cross.rate).toBeCloseTo(1, 3)
    expect(cross.coefficient / Math.abs(expected)).toBeCloseTo(1, 2)
    const block = image(1e-3, regular).reduce((sum, value) => sum + value ** 2, 0)
    expect(Math.abs(block - average((x, y) => b(x, y) ** 2))).toBeLessThan(1e-3)
  })
})
