import { exactData, exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { standardNormals } from '@dead-directions/network'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { convolve } from './convolve.ts'

beforeAll(() => nodeBackend.install())

async function convolved(weight: Float64Array, kernel: number, x: Float64Array, shape: [number, number, number]): Promise<Float64Array> {
  const before = tf.memory().numTensors
  const output = tf.tidy(() => convolve(exactTensor(weight, [shape[2], kernel]) as tf.Tensor2D, exactTensor(x, shape) as tf.Tensor3D))
  const data = await exactData(output)
  output.dispose()
  expect(tf.memory().numTensors).toBe(before)
  return data
}

test.each([1, 3, 7])('is the sum over taps and positions, %i taps on five positions', async kernel => {
  const [samples, positions, channels] = [2, 5, 3]
  const weight = standardNormals(1, channels * kernel)
  const x = standardNormals(2, samples * positions * channels)
  const y = await convolved(weight, kernel, x, [samples, positions, channels])
  for (let i = 0; i < y.length; i++) {
    const [c, p] = [i % channels, Math.floor(i / channels) % positions]
    let sum = 0
    for (let k = 0; k < Math.min(kernel, p + 1); k++) sum += (weight[c * kernel + k] as number) * (x[i - k * channels] as number)
    expect(y[i]).toBeCloseTo(sum, 14)
  }
})

test('a position sees none behind it, a channel no other', async () => {
  const weight = standardNormals(1, 2 * 3)
  const x = standardNormals(2, 4 * 2)
  const changed = x.map((value, i) => (i === 2 * 2 ? value + 1 : value))
  const [one, other] = [await convolved(weight, 3, x, [1, 4, 2]), await convolved(weight, 3, changed, [1, 4, 2])]
  const moved = Array.from(one, (value, i) => value !== other[i])
  expect(moved).toEqual([false, false, false, false, true, false, true, false])
})
