import { fromRows } from '@dead-directions/linalg'
import { describe, expect, it } from 'vitest'
import { deepLinear } from './deep-linear.ts'
import { findDeadDirections, type NullDirection } from './find-dead-directions.ts'
import { gaussianMixture } from './gaussian-mixture.ts'
import { additiveNormalForm, gaussianModel } from './gaussian-model.ts'
import type { Ray } from './approach.ts'
import { reluTwoLayer, tanhTwoLayer } from './two-layer.ts'

const orders = (found: readonly NullDirection[]) =>
  found.map(entry => (entry.kind === 'dead' ? Math.round(entry.klOrder * 100) / 100 : entry.kind === 'undetermined' ? entry.reason : entry.kind))
const inputs = fromRows([[1, 0.2], [-0.7, 1.1], [0.4, -1.3], [1.9, 0.6], [-0.3, -0.8], [0.1, 1.7]])
const teacher = { inner: fromRows([[0.8, -0.5]]), outer: fromRows([[1.1]]) }

/** A circle of truths in the (x, y) plane, and a direction of order 3 across it. */
const circle = gaussianModel({
  name: 'circle',
  truth: Float64Array.of(1, 0, 0),
  mean: ([x, y, z]) => Float64Array.of(x! * x! + y! * y! - 1, z! ** 3),
  jacobian: ([x, y, z]) => fromRows([[2 * x!, 2 * y!, 0], [0, 0, 3 * z! ** 2]]),
})

describe('findDeadDirections', () => {
  it('finds the axes of the additive normal form and their orders', () => {
    const found = findDeadDirections(additiveNormalForm([3, 1, 2, 5]), new Float64Array(4))
    expect(orders(found)).toEqual([2, 3, 5])
    const axes = found.map(({ direction }) => direction.findIndex(value => Math.abs(value) > 1 - 1e-9))
    expect(axes).toEqual([2, 0, 3])
  })

  it('finds the same orders in rotated coordinates', () => {
    const plain = additiveNormalForm([1, 2, 3])
    const q = fromRows([[2 / 3, -1 / 3, 2 / 3], [2 / 3, 2 / 3, -1 / 3], [-1 / 3, 2 / 3, 2 / 3]])
    const turn = (theta: Float64Array) => theta.map((_, i) => theta.reduce((sum, value, j) => sum + q.data[3 * i + j]! * value, 0))
    const model = {
      ...plain,
      scoreMatrix: (theta: Float64Array) => {
        const { data } = plain.scoreMatrix(turn(theta))
        return fromRows([0, 1, 2].map(i => [0, 1, 2].map(j => data[4 * i]! * q.data[3 * i + j]!)))
      },
      divergence: (theta: Float64Array) => plain.divergence(turn(theta)),
    }
    expect(orders(findDeadDirections(model, new Float64Array(3)))).toEqual([2, 3])
  })

  it('returns nothing at a regular point', () => {
    expect(findDeadDirections(additiveNormalForm([1, 1]), new Float64Array(2))).toEqual([])
  })

  it('follows a curved fibre instead of calling its tangent dead', () => {
    const found = findDeadDirections(circle, Float64Array.of(Math.SQRT1_2, Math.SQRT1_2, 0))
    expect(orders(found)).toEqual([3, 'tangential'])
    const [x, y, z] = found[1]!.direction
    expect(x! * y!).toBeCloseTo(-0.5, 9)
    expect(z).toBeCloseTo(0, 9)
  })

  it('finds the two separations and the one tangent where tanh units merge', () => {
    const model = tanhTwoLayer({ inputs, teacher })
    const merge = model.degenerations.find(({ name }) => name === 'units merge')!.approach as Ray
    const found = findDeadDirections(model, merge.origin)
    expect(orders(found)).toEqual([2, 2, 'tangential'])
    // Along the fibre the outgoing weight is traded from one copy to the other.
    const tangent = found[2]!.direction
    expect(Math.abs(tangent[4]! - tangent[5]!)).toBeCloseTo(Math.SQRT2, 6)
  })

  it('finds order 2 for a unit that vanishes on both sides and tangents where it vanishes on one', () => {
    const model = tanhTwoLayer({ inputs, teacher })
    expect(orders(findDeadDirections(model, model.truth))).toEqual([2, 2, 2])
    const { origin } = model.degenerations.find(({ name }) => name === 'outgoing weights vanish')!.approach as Ray
    expect(orders(findDeadDirections(model, origin))).toEqual(['tangential', 'tangential'])
  })

  it('reads K = (w1…wL)²/2 at its crossing: order L along a ray with every weight, none along one inside the set', () => {
    for (const depth of [2, 3, 4]) {
      const model = deepLinear({ widths: Array.from({ length: depth + 1 }, () => 1), rank: 0 })
      const found = findDeadDirections(model, new Float64Array(depth))
      const inside = found.map(({ direction }) => Math.abs(direction.reduce((product, w) => product * w, 1)) < 1e-12)
      expect(orders(found)).toEqual(inside.map(zero => (zero ? 'tangential' : depth)))
      expect(inside[0]).toBe(false)
    }
  })

  it('calls the weight of merged mixture components tangential', () => {
    expect(orders(findDeadDirections(gaussianMixture(), Float64Array.of(0.3, 0)))).toEqual(['tangential'])
  })

  it('does not read an order beside the degenerate set', () => {
    const [found, ...others] = findDeadDirections(additiveNormalForm([2, 1]), Float64Array.of(1e-9, 0), { t: Float64Array.from({ length: 30 }, (_, i) => 1e-11 * 1.5 ** i) })
    expect(others).toEqual([])
    expect(found!.kind).toBe('undetermined')
  })

  it('says so at a kink', () => {
    const model = reluTwoLayer({ inputs, teacher })
    const { origin } = model.degenerations.find(({ name }) => name === 'incoming weights vanish')!.approach as Ray
    expect(orders(findDeadDirections(model, origin))).toContain('the Fisher form vanishes at theta but not beside it: k = 1 at a kink')
  })

  it('names a point of the wrong length', () => {
    expect(() => findDeadDirections(circle, new Float64Array(2))).toThrow('theta: got 2 numbers, expected 3')
  })
})
