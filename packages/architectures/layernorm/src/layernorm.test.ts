import { directionalDerivative, exactData, exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { standardNormals } from '@dead-directions/network'
import { checked, type Scope } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { layernorm } from './layernorm.ts'
import { layernormSpec } from './spec.ts'

const width = 5
const scope: Scope = {
  linear() {
    throw new Error('a normalisation has no linear map')
  },
}
const gamma = [1.5, -0.3, 0.7, 2, -1]
const beta = [0.1, 0, -0.4, 3, 1 / 3]
let tensorsBefore = 0

beforeAll(() => nodeBackend.install())
beforeEach(() => void (tensorsBefore = tf.memory().numTensors))
afterEach(() => expect(tf.memory().numTensors).toBe(tensorsBefore))

interface Normalised {
  readonly z: readonly number[]
  readonly scale: number
}

function normalisedByHand(x: readonly number[], epsilon: number): Normalised {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length
  const scale = Math.sqrt(x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length + epsilon)
  return { z: x.map(value => (value - mean) / scale), scale }
}

/** `(1/σ)(P - ẑẑᵀ/d)`, which is `(√d/‖Px‖)(P - ẑẑᵀ/d)` without an epsilon, times a vector; symmetric. */
function jacobianTimes(x: readonly number[], epsilon: number, vector: readonly number[]): number[] {
  const { z, scale } = normalisedByHand(x, epsilon)
  const d = x.length
  const mean = vector.reduce((sum, value) => sum + value, 0) / d
  const along = vector.reduce((sum, value, i) => sum + value * (z[i] as number), 0) / d
  return vector.map((value, i) => (value - mean - along * (z[i] as number)) / scale)
}

function normalise(epsilon: number): (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => tf.Tensor {
  return (x, gamma, beta) => layernorm.forward(scope, { width, epsilon, bias: true }, { gamma, beta }, [x])
}

async function given<T>(body: (tensors: [tf.Tensor, tf.Tensor, tf.Tensor]) => Promise<T>, values: Float64Array, shape: readonly number[]): Promise<T> {
  const tensors: [tf.Tensor, tf.Tensor, tf.Tensor] = [exactTensor(values, shape), exactTensor(gamma, [width]), exactTensor(beta, [width])]
  const result = await body(tensors)
  tf.dispose(tensors)
  return result
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
  [{ width: 2 }, 'spec.width: got 2'],
  [{ width: 4, epsilon: -1 }, 'spec.epsilon: got -1'],
  [{ width: 4, bias: 'yes' }, 'spec.bias: got "yes"'],
  [{ width: 4, eps: 1e-5 }, 'spec.eps'],
])('refuses %j', (spec, message) => {
  expect(() => checked(layernormSpec, spec, 'spec')).toThrow(message)
})

test('keeps its input’s shape and refuses another number of features', () => {
  expect(layernorm.outputShape({ width }, [[7, width]])).toEqual([7, width])
  expect(() => layernorm.outputShape({ width }, [[4]])).toThrow('expected one input with 5 features')
})

test('a chain of examples takes and gives the same features, scales 1 and shifts 0', () => {
  expect(layernorm.outputShape(layernorm.example(4), [[4]])).toEqual([4])
  expect(layernorm.deadChannel({ width: 4 })).toBe(3)
  const { gamma, beta } = layernorm.canonicalApproach({ width: 3, bias: true }, 0.1)
  expect([...(gamma?.data ?? []), ...(beta?.data ?? [])]).toEqual([1, 1, 1, 0, 0, 0])
  expect(Object.keys(layernorm.canonicalApproach({ width: 3 }, 0.1))).toEqual(Object.keys(layernorm.parameters({ width: 3 })))
})

test.each([
  [0, [6, width]],
  [1e-5, [6, width]],
  [0.1, [2, 3, width]],
])('is γ(x - mean)/σ + β to the last digits, epsilon %d, shape %j', async (epsilon, shape) => {
  const values = standardNormals(1, 6 * width)
  await given(
    async tensors => {
      const output = tf.tidy(() => normalise(epsilon)(...tensors))
      expect(output.shape).toEqual(shape)
      const expected = rowsOf(values).flatMap(x => normalisedByHand(x, epsilon).z.map((z, i) => z * (gamma[i] as number) + (beta[i] as number)))
      expectClose(await exactData(output), expected, 1e-15)
      output.dispose()
    },
    values,
    shape,
  )
})

test.each([0, 0.1])('its gradients are those of (√d/‖Px‖)(P - ẑẑᵀ/d), γ and β, epsilon %d', async epsilon => {
  const [values, cotangent] = [standardNormals(2, 6 * width), standardNormals(3, 6 * width)]
  const [rows, above] = [rowsOf(values), rowsOf(cotangent)]
  await given(
    async tensors => {
      const dy = exactTensor(cotangent, [2, 3, width])
      const gradients = tf.tidy(() => tf.grads(normalise(epsilon) as (...x: tf.Tensor[]) => tf.Tensor)(tensors, dy)) as [tf.Tensor, tf.Tensor, tf.Tensor]
      expectClose(
        await exactData(gradients[0]),
        rows.flatMap((x, i) => jacobianTimes(x, epsilon, (above[i] as number[]).map((g, j) => g * (gamma[j] as number)))),
        1e-14,
      )
      const sums = (entry: (row: number, column: number) => number): number[] => gamma.map((_, j) => rows.reduce((sum, _, i) => sum + entry(i, j), 0))
      expectClose(
        await exactData(gradients[1]),
        sums((i, j) => (above[i]?.[j] as number) * (normalisedByHand(rows[i] as number[], epsilon).z[j] as number)),
        1e-14,
      )
      expectClose(await exactData(gradients[2]), sums((i, j) => above[i]?.[j] as number), 1e-14)
      tf.dispose([dy, gradients])
    },
    values,
    [2, 3, width],
  )
})

test('its derivative along a direction, two reverse passes, is the same symmetric matrix', async () => {
  const [values, direction] = [standardNormals(4, 2 * width), standardNormals(5, 2 * width)]
  await given(
    async ([x, gammas, betas]) => {
      const u = exactTensor(direction, [2, width])
      const { value, derivative } = directionalDerivative(x => normalise(0.1)(x as tf.Tensor, gammas, betas), [x], [u])
      const along = rowsOf(direction)
      const expected = rowsOf(values).flatMap((x, i) => jacobianTimes(x, 0.1, along[i] as number[]).map((slope, j) => slope * (gamma[j] as number)))
      expectClose(await exactData(derivative), expected, 1e-13)
      tf.dispose([u, value, derivative])
    },
    values,
    [2, width],
  )
})
