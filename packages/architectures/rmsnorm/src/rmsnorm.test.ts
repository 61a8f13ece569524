import { normalisationKernel } from '@dead-directions/arch-layernorm'
import { directionalDerivative, exactData, exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { standardNormals } from '@dead-directions/network'
import { checked, type Scope } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { rmsnorm } from './rmsnorm.ts'
import { rmsnormSpec } from './spec.ts'

const width = 5
const scope: Scope = {
  linear() {
    throw new Error('a normalisation has no linear map')
  },
}
const gamma = [1.5, -0.3, 0.7, 2, -1]
let tensorsBefore = 0

beforeAll(() => nodeBackend.install())
beforeEach(() => void (tensorsBefore = tf.memory().numTensors))
afterEach(() => expect(tf.memory().numTensors).toBe(tensorsBefore))

function rmsByHand(x: readonly number[], epsilon: number): number {
  return Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / x.length + epsilon)
}

/** `(I - x xᵀ/(d r²))/r` times a vector; symmetric. */
function jacobianTimes(x: readonly number[], epsilon: number, vector: readonly number[]): number[] {
  const r = rmsByHand(x, epsilon)
  const along = vector.reduce((sum, value, i) => sum + value * (x[i] as number), 0) / (x.length * r * r)
  return vector.map((value, i) => (value - along * (x[i] as number)) / r)
}

function normalise(epsilon: number): (x: tf.Tensor, gamma: tf.Tensor) => tf.Tensor {
  return (x, gamma) => rmsnorm.forward(scope, { width, epsilon }, { gamma }, [x])
}

function rowsOf(values: ArrayLike<number>): number[][] {
  return Array.from({ length: values.length / width }, (_, i) => Array.from({ length: width }, (_, j) => values[i * width + j] as number))
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, relative: number): void {
  const size = Math.max(1, ...Array.from(expected, Math.abs))
  expect(found.length).toBe(expected.length)
  for (let i = 0; i < found.length; i++) expect(Math.abs((found[i] as number) - (expected[i] as number)) / size).toBeLessThan(relative)
}

test.each([
  [{ width: 1 }, 'spec.width: got 1'],
  [{ width: 4, epsilon: -1 }, 'spec.epsilon: got -1'],
  [{ width: 4, bias: true }, 'spec.bias'],
])('refuses %j', (spec, message) => {
  expect(() => checked(rmsnormSpec, spec, 'spec')).toThrow(message)
})

test('keeps its input’s shape and refuses another number of features', () => {
  expect(rmsnorm.outputShape({ width }, [[7, width]])).toEqual([7, width])
  expect(() => rmsnorm.outputShape({ width }, [[4]])).toThrow('expected one input with 5 features')
})

test('a chain of examples takes and gives the same features, every scale 1', () => {
  expect(rmsnorm.outputShape(rmsnorm.example(4), [[4]])).toEqual([4])
  expect(rmsnorm.deadChannel({ width: 4 })).toBe(3)
  expect([...(rmsnorm.canonicalApproach({ width: 3 }, 0.1)['gamma']?.data ?? [])]).toEqual([1, 1, 1])
})

test.each([
  [0, [6, width]],
  [1e-6, [6, width]],
  [0.1, [2, 3, width]],
])('is γx/rms(x) to the last digits, epsilon %d, shape %j', async (epsilon, shape) => {
  const values = standardNormals(1, 6 * width)
  const output = tf.tidy(() => normalise(epsilon)(exactTensor(values, shape), exactTensor(gamma, [width])))
  expect(output.shape).toEqual(shape)
  const expected = rowsOf(values).flatMap(x => x.map((value, i) => (value * (gamma[i] as number)) / rmsByHand(x, epsilon)))
  expectClose(await exactData(output), expected, 1e-15)
  output.dispose()
})

test.each([0, 0.1])('its gradients are those of (I - xxᵀ/(dr²))/r and of γ, epsilon %d', async epsilon => {
  const [values, cotangent] = [standardNormals(2, 6 * width), standardNormals(3, 6 * width)]
  const [rows, above] = [rowsOf(values), rowsOf(cotangent)]
  const [x, gammas, dy] = [exactTensor(values, [2, 3, width]), exactTensor(gamma, [width]), exactTensor(cotangent, [2, 3, width])]
  const gradients = tf.tidy(() => tf.grads(normalise(epsilon) as (...x: tf.Tensor[]) => tf.Tensor)([x, gammas], dy)) as [tf.Tensor, tf.Tensor]
  const byInput = rows.flatMap((row, i) => jacobianTimes(row, epsilon, (above[i] as number[]).map((g, j) => g * (gamma[j] as number))))
  const byScale = gamma.map((_, j) => rows.reduce((sum, row, i) => sum + ((above[i]?.[j] as number) * (row[j] as number)) / rmsByHand(row, epsilon), 0))
  expectClose(await exactData(gradients[0]), byInput, 1e-14)
  expectClose(await exactData(gradients[1]), byScale, 1e-14)
  tf.dispose([x, gammas, dy, gradients])
})

test('its derivative along a direction, two reverse passes, is the same symmetric matrix', async () => {
  const [values, direction] = [standardNormals(4, 2 * width), standardNormals(5, 2 * width)]
  const [x, gammas, u] = [exactTensor(values, [2, width]), exactTensor(gamma, [width]), exactTensor(direction, [2, width])]
  const { value, derivative } = directionalDerivative(x => normalise(0.1)(x as tf.Tensor, gammas), [x], [u])
  const along = rowsOf(direction)
  const expected = rowsOf(values).flatMap((row, i) => jacobianTimes(row, 0.1, along[i] as number[]).map((slope, j) => slope * (gamma[j] as number)))
  expectClose(await exactData(derivative), expected, 1e-13)
  tf.dispose([x, gammas, u, value, derivative])
})

describe('no kernel direction', () => {
  /** Rows of the output for the inputs ±e_i, whose mean is zero. */
  async function axisOutputs(scales: Float64Array): Promise<number[][]> {
    const axes = Float64Array.from({ length: 2 * width * width }, (_, k) => (Math.floor(k / width) % width === k % width ? (k < width * width ? 1 : -1) : 0))
    const output = tf.tidy(() => normalise(0)(exactTensor(axes, [2 * width, width]), exactTensor(scales, [width])))
    const rows = rowsOf(await exactData(output))
    output.dispose()
    return rows
  }

  function varianceAlong(rows: readonly (readonly number[])[], direction: ArrayLike<number>): number {
    const along = rows.map(row => row.reduce((sum, value, j) => sum + value * (direction[j] as number), 0))
    const mean = along.reduce((sum, value) => sum + value, 0) / rows.length
    return along.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows.length
  }

  // rms(±e_i) = 1/√d, so the output is ±√d γ_i e_i: each axis once in d, times d.
  test('every direction v has variance Σ(v_i γ_i)² on the inputs ±e_i', async () => {
    const vectors = fc.array(fc.integer({ min: -900, max: 900 }).map(n => n / 300), { minLength: width, maxLength: width })
    await fc.assert(
      fc.asyncProperty(vectors, vectors, async (direction, scales) => {
        const expected = direction.reduce((sum, v, i) => sum + (v * (scales[i] as number)) ** 2, 0)
        const found = varianceAlong(await axisOutputs(Float64Array.from(scales)), direction)
        expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-14 * expected)
      }),
      { numRuns: 40 },
    )
  })

  test('the direction in which a layer normalisation never varies is no exception', async () => {
    const scales = Float64Array.from(gamma)
    const found = varianceAlong(await axisOutputs(scales), normalisationKernel(scales))
    expect(found).toBeCloseTo(width / gamma.reduce((sum, scale) => sum + scale ** -2, 0), 13)
    expect(rmsnorm.kernels).toBeUndefined()
  })
})
