import { exactTensor } from '@dead-directions/autodiff'
import { type Network, standardNormals, uniforms } from '@dead-directions/network'
import type * as tf from '@tensorflow/tfjs'

/**
 * Inputs to measure with: normals with their negatives, so that half of every coordinate's energy lies on either side of zero,
 * or whole numbers below `tokens`.
 *
 * @param samples number of samples, even
 * @returns `[samples, ...input]`
 */
export function sampleInputs(network: Network, samples: number, seed: number, tokens?: number): tf.Tensor {
  const shape = [samples, ...network.description.input]
  const size = shape.reduce((product, n) => product * n, 1)
  if (tokens !== undefined) return exactTensor(uniforms(seed, size).map(u => Math.floor(u * tokens)), shape)
  const half = standardNormals(seed, size / 2)
  const values = new Float64Array(size)
  values.set(half)
  values.set(half.map(x => -x), size / 2)
  return exactTensor(values, shape)
}
