import { nodeBackend } from '@dead-directions/backend-node'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { wasmBackend } from './wasm-backend.ts'

const backend = wasmBackend()

beforeAll(() => backend.install())

/** The same gradient in float64. */
async function inFloat64(compute: () => tf.Tensor): Promise<readonly number[]> {
  await nodeBackend.install()
  const values = [...tf.tidy(compute).dataSync()]
  await backend.install()
  return values
}

function worst(actual: ArrayLike<number>, expected: readonly number[]): number {
  const scale = Math.max(...expected.map(Math.abs))
  return Math.max(...expected.map((value, i) => Math.abs((actual[i] as number) - value))) / scale
}

describe('wasmBackend', () => {
  test('is the active backend once installed', async () => {
    expect(tf.getBackend()).toBe('wasm')
  })

  test('again is harmless', async () => {
    await backend.install()
    expect(tf.getBackend()).toBe('wasm')
  })

  const table = tf.tensor2d(Array.from({ length: 12 }, (_, i) => Math.sin(i)), [4, 3])
  const image = tf.tensor4d(Array.from({ length: 50 }, (_, i) => Math.cos(i)), [1, 5, 5, 2])
  const kernel = tf.tensor4d(Array.from({ length: 36 }, (_, i) => Math.sin(3 * i)), [3, 3, 2, 2])

  test.each([
    ['gather', () => tf.grad((x: tf.Tensor) => tf.square(tf.gather(x, tf.tensor1d([0, 2, 2], 'int32'))).sum())(table)],
    ['convolution, by its kernel', () => tf.grad((w: tf.Tensor) => tf.square(tf.conv2d(image, w as tf.Tensor4D, 1, 'same')).sum())(kernel)],
    ['depthwise convolution, by its kernel', () => tf.grad((w: tf.Tensor) => tf.square(tf.depthwiseConv2d(image, w as tf.Tensor4D, 1, 'same')).sum())(kernel)],
    ['depthwise convolution, by its input', () => tf.grad((x: tf.Tensor) => tf.square(tf.depthwiseConv2d(x as tf.Tensor4D, kernel, 1, 'same')).sum())(image)],
    ['tanh, twice', () => tf.grad((x: tf.Tensor) => tf.grad((y: tf.Tensor) => tf.tanh(y).sum())(x).square().sum())(table)],
  ])('gradient of %s agrees with float64', async (_, gradient) => {
    const expected = await inFloat64(gradient)
    const before = tf.memory().numTensors
    const actual = tf.tidy(() => gradient().dataSync())
    expect(tf.memory().numTensors).toBe(before)
    expect(worst(actual, expected)).toBeLessThan(1e-6)
  })

  test('einsum agrees with float64', async () => {
    const product = () => tf.einsum('ij,kj->ik', table, table)
    expect(worst(tf.tidy(product).dataSync(), await inFloat64(product))).toBeLessThan(1e-6)
  })

  test('a one-hot of floats holds ones', () => {
    expect([...tf.tidy(() => tf.oneHot(tf.tensor1d([2, 0], 'int32'), 3, 1, 0, 'float32')).dataSync()]).toEqual([0, 0, 1, 1, 0, 0])
  })
})
