import { exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { localLearningCoefficient } from './local-learning-coefficient.ts'
import { tensorLandscape } from './tensor-landscape.ts'

beforeAll(() => nodeBackend.install())

/** `x_i² a² / 2 + b_1 b_2` over x = 1, 2, 3. */
const loss = ([a, b]: readonly tf.Tensor[], batch: Int32Array | null): tf.Tensor => {
  const x = exactTensor([...(batch ?? [0, 1, 2])].map(i => i + 1), [batch?.length ?? 3])
  return tf.add(tf.mul(tf.square(x), tf.mul(0.5, tf.square(a!))), tf.prod(b!))
}

describe('tensorLandscape', () => {
  it('has the loss and gradient of the tensors as one flat list, and leaves no tensor behind', async () => {
    const parameters = [exactTensor([2], []), exactTensor([3, 5], [2])]
    const before = tf.memory().numTensors
    const landscape = await tensorLandscape({ loss, parameters, observations: 3 })
    expect(landscape.centre).toEqual(Float64Array.of(2, 3, 5))
    const whole = await landscape.evaluate(Float64Array.of(1, 2, 3), null)
    expect(whole.loss).toBeCloseTo(14 / 6 + 6, 12)
    expect(whole.gradient[0]).toBeCloseTo(14 / 3, 12)
    expect([...whole.gradient.subarray(1)]).toEqual([3, 2])
    expect(await landscape.evaluate(Float64Array.of(1, 2, 3), Int32Array.of(2, 2))).toEqual({ loss: 10.5, gradient: Float64Array.of(9, 3, 2) })
    expect(await landscape.losses!(Float64Array.of(1, 2, 3))).toEqual(Float64Array.of(6.5, 8, 10.5))
    expect(tf.memory().numTensors).toBe(before)
  })

  it('offers no losses of single observations where the loss is one number', async () => {
    const parameter = exactTensor([1], [])
    expect(await tensorLandscape({ loss: ([a]) => tf.square(a!), parameters: [parameter], observations: 3 })).not.toHaveProperty('losses')
    const outer = ([a]: readonly tf.Tensor[]): tf.Tensor => tf.mul(a!, tf.ones([3, 2]))
    await expect(tensorLandscape({ loss: outer, parameters: [parameter], observations: 3 })).rejects.toThrow('loss shape: got [3,2], expected [] or [3], one number an observation')
  })

  it('samples a TensorFlow.js quartic at λ = 1/4', async () => {
    const landscape = await tensorLandscape({ loss: ([a]) => tf.square(tf.square(a!)), parameters: [exactTensor([0], [])], observations: 1000 })
    const result = await localLearningCoefficient(landscape, { draws: 600, chains: 2, localisation: 1e-2, seed: 2 })
    if (result.kind === 'refused') throw new Error(result.reason)
    expect(result.standardError).toBeLessThan(0.04)
    expect(Math.abs(result.lambda - 0.25)).toBeLessThan(3 * result.standardError)
  })
})
