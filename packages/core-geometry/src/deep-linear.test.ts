import { fromRows } from '@dead-directions/linalg'
import { describe, expect, it } from 'vitest'
import type { Ray } from './approach.ts'
import { deepLinear } from './deep-linear.ts'
import { geometricGrid } from './geometric-grid.ts'
import { klOrder } from './kl-order.ts'
import { type Degeneration, directionalFisher } from './statistical-model.ts'

const inputs = fromRows([[1, 0.2], [-0.7, 1.1], [0.4, -1.3], [1.9, 0.6], [-0.3, -0.8], [0.1, 1.7]])

/** `‖dμ/dh‖²` along u by a fourth-order central difference. */
function differenceFisher(mean: (theta: Float64Array) => number[], theta: Float64Array, u: Float64Array): number {
  const h = 1e-3
  const at = (n: number) => mean(theta.map((value, i) => value + n * h * u[i]!))
  const [a, b, c, d] = [-2, -1, 1, 2].map(at) as [number[], number[], number[], number[]]
  return a.reduce((sum, _, i) => sum + ((8 * (c[i]! - b[i]!) - (d[i]! - a[i]!)) / (12 * h)) ** 2, 0)
}

describe('deepLinear', () => {
  it('has F = L² t^(2(L-1)) E[x²] and K = t^(2L) E[x²]/2 along the dying channel, so k = L', () => {
    for (let depth = 1; depth <= 5; depth++) {
      const model = deepLinear({ widths: Array.from({ length: depth + 1 }, (_, i) => 2 + (i % 2)), rank: 1 })
      const [{ approach }] = model.degenerations as [Degeneration]
      const order = klOrder(model, approach)
      if (order.kind === 'refused') throw new Error(order.reason)
      expect(order.klOrder).toBeCloseTo(depth, 8)
      const { direction } = approach as Ray
      for (const t of geometricGrid(1e-3, 1, 4)) {
        const theta = model.truth.map((value, i) => value + t * direction[i]!)
        expect(directionalFisher(model, theta, direction) / (depth ** 2 * t ** (2 * (depth - 1)))).toBeCloseTo(1, 12)
        expect(model.divergence(theta) / (t ** (2 * depth) / 2)).toBeCloseTo(1, 12)
      }
    }
  })

  it('has exact scores for layers in general position', () => {
    const model = deepLinear({ widths: [2, 3, 2], rank: 0, inputs })
    const theta = Float64Array.from({ length: 12 }, (_, i) => Math.sin(1 + 2 * i))
    const u = Float64Array.from({ length: 12 }, (_, i) => Math.cos(3 * i))
    const mean = (p: Float64Array) => Array.from({ length: 6 }, (_, s) => {
      const hidden = [0, 1, 2].map(j => p[2 * j]! * inputs.data[2 * s]! + p[2 * j + 1]! * inputs.data[2 * s + 1]!)
      return [0, 1].map(o => hidden.reduce((sum, h, j) => sum + p[6 + 3 * o + j]! * h, 0) / Math.sqrt(6))
    }).flat()
    expect(directionalFisher(model, theta, u) / differenceFisher(mean, theta, u)).toBeCloseTo(1, 9)
  })

  it('names sizes that do not fit', () => {
    expect(() => deepLinear({ widths: [2], rank: 0 })).toThrow('widths: got 1, expected at least two')
    expect(() => deepLinear({ widths: [2, 2], rank: 2 })).toThrow('rank: got 2, expected a whole number from 0 to 1')
    expect(() => deepLinear({ widths: [3, 2], rank: 0, inputs })).toThrow('inputs: got 2 columns, expected 3')
  })
})
