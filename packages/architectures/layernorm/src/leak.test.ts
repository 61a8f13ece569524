import { exactData, exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { standardNormals } from '@dead-directions/network'
import type { Scope } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { layernorm } from './layernorm.ts'
import { inverseVarianceMoment, leakAmplitude } from './leak.ts'

beforeAll(() => nodeBackend.install())

const width = 6
const dead = 2

function livingInputs(seed: number, centred: boolean): Float64Array {
  const x = standardNormals(seed, width)
  x[dead] = 0
  const mean = centred ? x.reduce((sum, value) => sum + value, 0) / (width - 1) : 0
  return x.map((value, j) => (j === dead ? 0 : value - mean))
}

function deviationOf(x: ArrayLike<number>): number {
  const values = Array.from(x)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}

/** Outputs for one input, and the gradient at it of `g · outputs`. */
async function layer(x: Float64Array, g: Float64Array): Promise<{ z: Float64Array; gradient: Float64Array }> {
  const gamma = exactTensor(new Float64Array(width).fill(1), [width])
  const [input, above] = [exactTensor(x, [1, width]), exactTensor(g, [1, width])]
  const { value, grad } = tf.valueAndGrad(x => layernorm.forward({} as Scope, { width }, { gamma }, [x]))(input, above)
  const result = { z: await exactData(value), gradient: await exactData(grad) }
  tf.dispose([gamma, input, above, value, grad])
  return result
}

describe('leakAmplitude', () => {
  test('of the inputs it is the dead output of a dead input', async () => {
    const x = livingInputs(1, false)
    const { z } = await layer(x, new Float64Array(width))
    expect(leakAmplitude({ values: x, dead, deviation: deviationOf(x) })).toBeCloseTo(z[dead] as number, 14)
  })

  test('of living gradients it is the dead gradient where the living inputs are centred, else -z_h Σ g_j z_j/(dσ) joins it', async () => {
    const g = standardNormals(2, width)
    g[dead] = 0
    for (const centred of [true, false]) {
      const x = livingInputs(3, centred)
      const { z, gradient } = await layer(x, g)
      const deviation = deviationOf(x)
      const along = g.reduce((sum, value, j) => sum + value * (z[j] as number), 0)
      const joined = -((z[dead] as number) * along) / (width * deviation)
      expect(leakAmplitude({ values: g, dead, deviation }) + joined).toBeCloseTo(gradient[dead] as number, 14)
      if (centred) expect(Math.abs(joined)).toBeLessThan(1e-15)
      else expect(Math.abs(joined)).toBeGreaterThan(1e-3)
    }
  })

  test('refuses a channel that is not there and a deviation that is not positive', () => {
    expect(() => leakAmplitude({ values: [1, 2, 3], dead: 3, deviation: 1 })).toThrow('dead: got 3, expected an index below 3')
    expect(() => leakAmplitude({ values: [1, 2, 3], dead: 0, deviation: 0 })).toThrow('deviation: got 0')
  })
})

/**
 * `E[1/Q] = ∫ E[e^{-sQ}] ds` up to `s = e^logTop` for `Q = σ₀²`, a sum of chi-squares: `d - 2` of weight `1/d`, one of `1/d²`.
 * By Simpson's rule in `log s`.
 */
function truncatedMoment(d: number, logTop: number): number {
  const [from, panels] = [-30, 20_000]
  const step = (logTop - from) / panels
  const integrand = (log: number): number => {
    const s = Math.exp(log)
    return s * (1 + (2 * s) / d) ** (-(d - 2) / 2) / Math.sqrt(1 + (2 * s) / d ** 2)
  }
  let sum = 0
  for (let i = 0; i <= panels; i++) sum += integrand(from + i * step) * (i === 0 || i === panels ? 1 : i % 2 === 1 ? 4 : 2)
  return (sum * step) / 3
}

describe('inverseVarianceMoment', () => {
  test('is 8 ln(2 + √3)/√3 at width 4, from ∫ dy/(4 - 3y²)', () => {
    expect(inverseVarianceMoment(4)).toBeCloseTo((8 * Math.log(2 + Math.sqrt(3))) / Math.sqrt(3), 14)
  })

  test.each([5, 6, 8, 13, 64])('is the integral of the Laplace transform at width %i', d => {
    expect(inverseVarianceMoment(d) / truncatedMoment(d, 60)).toBeCloseTo(1, 9)
  })

  test('lies between those of chi-squares with width - 1 degrees of freedom, d/(d-3) and d²/(d-3)', () => {
    for (let d = 4; d < 200; d++) {
      expect(inverseVarianceMoment(d)).toBeGreaterThan(d / (d - 3))
      expect(inverseVarianceMoment(d)).toBeLessThan(d ** 2 / (d - 3))
    }
  })

  test('below width 4 the integral up to s grows without bound: as 4√(1 + s/2) at width 2, as the logarithm of s at width 3', () => {
    for (const log of [20, 40, 60]) {
      const s = Math.exp(log)
      expect(truncatedMoment(2, log) / (4 * (Math.sqrt(1 + s / 2) - 1))).toBeCloseTo(1, 9)
      const inverse = (u: number): number => Math.asinh(Math.sqrt((1 + u) / 2))
      expect(truncatedMoment(3, log) / (3 * Math.sqrt(3) * (inverse((2 * s) / 3) - inverse(0)))).toBeCloseTo(1, 9)
    }
    expect([2, 3].map(inverseVarianceMoment)).toEqual([Infinity, Infinity])
  })

  test('is the mean over normal inputs at width 10', () => {
    const [d, samples] = [10, 100_000]
    const values = standardNormals(11, samples * (d - 1))
    let [sum, squares] = [0, 0]
    for (let i = 0; i < samples; i++) {
      const inverse = 1 / deviationOf([...values.subarray(i * (d - 1), (i + 1) * (d - 1)), 0]) ** 2
      sum += inverse
      squares += inverse ** 2
    }
    const mean = sum / samples
    const error = Math.sqrt((squares / samples - mean ** 2) / samples)
    expect(error).toBeLessThan(0.01)
    expect(Math.abs(mean - inverseVarianceMoment(d))).toBeLessThan(4 * error)
  })

  test('refuses a width that is not a whole number', () => {
    expect(() => inverseVarianceMoment(4.5)).toThrow('width: got 4.5')
  })
})
