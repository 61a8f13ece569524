import { nodeBackend } from '@dead-directions/backend-node'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { fitLeadingRate } from './fit-leading-rate.ts'
import { christoffel, type MeanMap, sectionalCurvature } from './gaussian-curvature.ts'
import { geometricGrid } from './geometric-grid.ts'

beforeAll(() => nodeBackend.install())

const entry = (x: tf.Tensor1D, i: number) => tf.slice(x, i, 1)

/** μ(t, w) = (t^k + w², w, t w). */
const family = (k: number): MeanMap => ({
  mean: theta => {
    const [t, w] = [entry(theta, 0), entry(theta, 1)]
    const power = Array.from({ length: k - 1 }).reduce<tf.Tensor>(product => tf.mul(product, t), t)
    return tf.concat([tf.add(power, tf.square(w)), w, tf.mul(t, w)])
  },
})
const sphere: MeanMap = {
  mean: x => tf.concat([tf.cos(entry(x, 0)), tf.mul(tf.sin(entry(x, 0)), tf.cos(entry(x, 1))), tf.mul(tf.sin(entry(x, 0)), tf.sin(entry(x, 1)))]),
}
const [first, second] = [Float64Array.of(1, 0), Float64Array.of(0, 1)]
const relative = (value: number, expected: number) => Math.abs(value / expected - 1)

describe('sectionalCurvature', () => {
  it.each([2, 3, 4])('is -1/(k² t^(2(k-1)) (1 + t²)²) on w = 0 of the family of order %i', k => {
    const before = tf.memory().numTensors
    for (const t of geometricGrid(1e-3, 2, 6)) {
      const closed = -1 / (k ** 2 * t ** (2 * (k - 1)) * (1 + t * t) ** 2)
      expect(relative(sectionalCurvature(family(k), Float64Array.of(t, 0), first, second), closed)).toBeLessThan(1e-8)
    }
    expect(tf.memory().numTensors).toBe(before)
  })

  it('is the closed form of a surface in space, off w = 0 as well', () => {
    // (LN - M²)/(EG - F²) with the normal from the cross product of the tangents.
    for (const [t, w] of [[0.3, 0.2], [0.7, -0.4], [1.2, 1.1]] as const) {
      const [xt, xw] = [[2 * t, 0, w], [2 * w, 1, t]] as const
      const cross = [xt[1] * xw[2] - xt[2] * xw[1], xt[2] * xw[0] - xt[0] * xw[2], xt[0] * xw[1] - xt[1] * xw[0]] as const
      const area = cross[0] ** 2 + cross[1] ** 2 + cross[2] ** 2
      const closed = (2 * cross[0] * 2 * cross[0] - cross[2] ** 2) / area ** 2
      expect(relative(sectionalCurvature(family(2), Float64Array.of(t, w), first, second), closed)).toBeLessThan(1e-12)
    }
  })

  it('leads as -1/k² t^(-2(k-1))', () => {
    const t = geometricGrid(1e-4, 1e-2, 9)
    for (const k of [2, 3, 4]) {
      const fit = fitLeadingRate(t, t.map(t => -sectionalCurvature(family(k), Float64Array.of(t, 0), first, second)))
      if (fit.kind === 'refused') throw new Error(fit.reason)
      expect(Math.abs(fit.rate + 2 * (k - 1))).toBeLessThan(1e-4)
      expect(relative(fit.coefficient, 1 / k ** 2)).toBeLessThan(1e-3)
    }
  })

  it('is one on the unit sphere, whatever two directions span the plane', () => {
    const theta = Float64Array.of(1.1, 0.4)
    expect(sectionalCurvature(sphere, theta, first, second)).toBeCloseTo(1, 12)
    expect(sectionalCurvature(sphere, theta, Float64Array.of(0.3, -2), Float64Array.of(5, 1))).toBeCloseTo(1, 12)
  })

  it('adds nothing on a product: planes across a flat and a curved factor are flat', () => {
    const product: MeanMap = { mean: x => tf.concat([sphere.mean(tf.slice(x, 0, 2) as tf.Tensor1D), entry(x, 2)]) }
    const theta = Float64Array.of(1.1, 0.4, 2)
    const axes = [0, 1, 2].map(i => Float64Array.from([0, 1, 2], j => (i === j ? 1 : 0))) as [Float64Array, Float64Array, Float64Array]
    expect(sectionalCurvature(product, theta, axes[0], axes[1])).toBeCloseTo(1, 12)
    expect(sectionalCurvature(product, theta, axes[0], axes[2])).toBeCloseTo(0, 12)
  })

  it('refuses parallel directions and the singular point', () => {
    expect(() => sectionalCurvature(sphere, Float64Array.of(1, 0), first, Float64Array.of(2, 0))).toThrow('v: got [2, 0], expected a direction that is not parallel to u')
    expect(() => sectionalCurvature(family(2), Float64Array.of(0, 0), first, second)).toThrow('theta: got a point at which the Fisher metric has rank 1, expected 2')
  })
})

describe('christoffel', () => {
  it('is the closed form on the sphere', () => {
    const before = tf.memory().numTensors
    const [polar, azimuth] = christoffel(sphere, Float64Array.of(1.1, 0.4))
    expect(tf.memory().numTensors).toBe(before)
    ;[0, 0, 0, -Math.sin(1.1) * Math.cos(1.1)].forEach((value, i) => expect(polar!.data[i]).toBeCloseTo(value, 12))
    ;[0, 1 / Math.tan(1.1), 1 / Math.tan(1.1), 0].forEach((value, i) => expect(azimuth!.data[i]).toBeCloseTo(value, 12))
  })

  it('leads as 2/k t^(-(k-1)) in the dead direction, along the regular one twice', () => {
    const t = geometricGrid(1e-4, 1e-1, 9)
    for (const k of [2, 3, 4]) {
      const fit = fitLeadingRate(t, t.map(t => christoffel(family(k), Float64Array.of(t, 0))[0]!.data[3]!))
      if (fit.kind === 'refused') throw new Error(fit.reason)
      expect(Math.abs(fit.rate + k - 1)).toBeLessThan(1e-6)
      expect(relative(fit.coefficient, 2 / k)).toBeLessThan(1e-6)
    }
  })
})
