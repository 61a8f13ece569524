import { exactData, exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { matrix, norm, svd } from '@dead-directions/linalg'
import { standardNormals, uniforms } from '@dead-directions/network'
import type { Scope } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { normalisationKernel } from './kernel.ts'
import { layernorm } from './layernorm.ts'

beforeAll(() => nodeBackend.install())

const [samples, width] = [24, 6]

const distributions: Readonly<Record<string, (seed: number) => Float64Array>> = {
  normal: seed => standardNormals(seed, samples * width),
  'heavy-tailed': seed => standardNormals(seed, samples * width).map(z => Math.sinh(4 * z)),
  'uniform far from zero': seed => uniforms(seed, samples * width).map(u => 1e8 + u),
  'axes ±e_i': () => Float64Array.from({ length: samples * width }, (_, k) => (Math.floor(k / width) % width === k % width ? (k < (samples * width) / 2 ? 1 : -1) : 0)),
  'a line': seed => {
    const [along, origin, place] = [standardNormals(seed, width), standardNormals(seed + 1, width), standardNormals(seed + 2, samples)]
    return Float64Array.from({ length: samples * width }, (_, k) => (origin[k % width] as number) + (place[Math.floor(k / width)] as number) * (along[k % width] as number))
  },
}

async function outputs(values: Float64Array, gamma: Float64Array, beta: Float64Array, epsilon: number): Promise<Float64Array> {
  const scope = {} as Scope
  const output = tf.tidy(() =>
    layernorm.forward(scope, { width, epsilon, bias: true }, { gamma: exactTensor(gamma, [width]), beta: exactTensor(beta, [width]) }, [
      exactTensor(values, [samples, width]),
    ]),
  )
  const data = await exactData(output)
  output.dispose()
  return data
}

async function centredOutput(...layer: Parameters<typeof outputs>): Promise<Float64Array> {
  const data = await outputs(...layer)
  const means = layer[1].map((_, j) => data.reduce((sum, value, k) => (k % width === j ? sum + value : sum), 0) / samples)
  return data.map((value, k) => value - (means[k % width] as number))
}

const scales = fc
  .array(fc.tuple(fc.double({ min: -3, max: 3, noNaN: true }), fc.boolean()), { minLength: width, maxLength: width })
  .map(entries => Float64Array.from(entries, ([exponent, negative]) => (negative ? -1 : 1) * 10 ** exponent))

test.each(Object.keys(distributions))('the centred output has a zero singular value along γ⁻¹/‖γ⁻¹‖, %s inputs', async name => {
  await fc.assert(
    fc.asyncProperty(scales, fc.integer({ min: 0, max: 1e6 }), fc.constantFrom(0, 1e-5), async (gamma, seed, epsilon) => {
      const data = await centredOutput((distributions[name] as (seed: number) => Float64Array)(seed), gamma, standardNormals(seed + 9, width), epsilon)
      const direction = normalisationKernel(gamma)
      expect(norm(direction)).toBeCloseTo(1, 14)
      const { s } = svd(matrix(samples, width, data))
      const along = Float64Array.from({ length: samples }, (_, i) => direction.reduce((sum, entry, j) => sum + entry * (data[i * width + j] as number), 0))
      expect(norm(along)).toBeLessThan(1e-12 * (s[0] as number))
      expect(s[width - 1] as number).toBeLessThan(1e-12 * (s[0] as number))
    }),
    { numRuns: 25 },
  )
})

test('the bottom singular direction of normal inputs is that direction and no other', async () => {
  const gamma = Float64Array.of(0.5, -2, 1, 3, 0.8, -1.2)
  const data = await centredOutput(standardNormals(3, samples * width), gamma, new Float64Array(width), 0)
  const { s, v } = svd(matrix(samples, width, data))
  expect(s[width - 2] as number).toBeGreaterThan(0.1)
  const overlap = normalisationKernel(gamma).reduce((sum, entry, i) => sum + entry * (v.data[i * width + width - 1] as number), 0)
  expect(Math.abs(Math.abs(overlap) - 1)).toBeLessThan(1e-12)
})

test('without a shift the activation matrix behind it has σ_min = 0, uncentred', async () => {
  const data = await outputs(standardNormals(4, samples * width), Float64Array.of(0.5, -2, 1, 3, 0.8, -1.2), new Float64Array(width), 0)
  const { s } = svd(matrix(samples, width, data))
  expect(s[width - 1] as number).toBeLessThan(1e-14 * (s[0] as number))
  expect(s[width - 2] as number).toBeGreaterThan(0.1)
})

test('scales at the ends of the floats and zeros keep a unit direction', () => {
  expect([...normalisationKernel(Float64Array.of(1e-310, -1e-310, 1e300))]).toEqual([Math.SQRT1_2, -Math.SQRT1_2, 0].map(entry => expect.closeTo(entry, 15)))
  expect([...normalisationKernel(Float64Array.of(2, 0, -1))]).toEqual([0, 1, 0].map(entry => expect.closeTo(entry, 15)))
})

test('the primitive names the one direction', () => {
  const [kernel, ...others] = layernorm.kernels?.({ width: 4 }, { gamma: { shape: [4], data: Float64Array.of(1, 1, 1, 1) } }) ?? []
  expect([...(kernel?.direction ?? [])]).toEqual([0.5, 0.5, 0.5, 0.5])
  expect(others).toEqual([])
})

test('refuses scales that are not finite', () => {
  expect(() => normalisationKernel(Float64Array.of(1, NaN))).toThrow('gamma: got NaN, expected finite scales')
  expect(() => normalisationKernel(new Float64Array())).toThrow('gamma: got no values')
})
