import { fromRows, matrix, multiply } from '@dead-directions/linalg'
import { describe, expect, it } from 'vitest'
import { gaussianModel } from './gaussian-model.ts'
import { geometricGrid } from './geometric-grid.ts'
import { lift, liftedPath, splitting } from './lifted-path.ts'

/** Truths on the unit circle; the second mean sees nothing but z. */
const circle = gaussianModel({
  name: 'circle',
  truth: Float64Array.of(1, 0, 0),
  mean: ([x, y, z]) => Float64Array.of(x! * x! + y! * y! - 1, z! ** 2),
  jacobian: ([x, y, z]) => fromRows([[2 * x!, 2 * y!, 0], [0, 0, 2 * z!]]),
})

describe('splitting', () => {
  it('separates the regular direction from the null space, also with fewer scores than parameters', () => {
    const { regular, dead } = splitting(circle, circle.truth, 1e-7)
    expect([regular.cols, dead.cols]).toEqual([1, 2])
    expect(Math.abs(regular.data[0]!)).toBeCloseTo(1, 14)
    expect(multiply(circle.scoreMatrix(circle.truth), dead).data.every(value => Math.abs(value) < 1e-15)).toBe(true)
  })
})

describe('lift', () => {
  it('leaves no component of the score in the regular directions', () => {
    const scores = fromRows([[1, 2, 0.5], [0.3, -1, 2], [0.7, 0.1, 1], [-1, 0.4, 0.2]])
    const regular = matrix(3, 2, Float64Array.of(1, 0, 0, 1, 0, 0))
    const u = Float64Array.of(0, 0, 1)
    const image = multiply(scores, matrix(3, 1, lift(scores, u, regular))).data
    for (const j of [0, 1]) {
      expect(Math.abs(image.reduce((sum, value, i) => sum + value * scores.data[3 * i + j]!, 0))).toBeLessThan(1e-14)
    }
  })
})

describe('liftedPath', () => {
  it('stays on a curved degenerate set to fourth order', () => {
    const { regular } = splitting(circle, circle.truth, 1e-7)
    const t = geometricGrid(1e-2, 0.5, 12)
    const error = (steps: number) => {
      const path = liftedPath(circle, circle.truth, Float64Array.of(0, 1, 0), regular, t, steps)
      return Math.max(...path.map(({ theta }) => Math.abs(Math.hypot(theta[0]!, theta[1]!) - 1)))
    }
    expect(error(2)).toBeLessThan(1e-6)
    expect(error(2) / error(4)).toBeGreaterThan(12)
  })

  it('is the ray where nothing is regular', () => {
    const [point] = liftedPath(circle, Float64Array.of(0, 0, 0), Float64Array.of(0.6, 0.8, 0), matrix(3, 0), Float64Array.of(0.5))
    for (const [i, value] of [0.3, 0.4, 0].entries()) expect(point!.theta[i]).toBeCloseTo(value, 15)
  })
})
