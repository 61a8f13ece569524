import * as tf from '@tensorflow/tfjs'

/**
 * Every channel convolved with its own kernel over the positions up to each: `y[p, c] = Σₖ weight[c, k] x[p - k, c]`.
 *
 * @param weight `[channels, kernel]`, `k = 0` the position itself
 * @param x `[samples, positions, channels]`; positions before the first count as zero
 * @returns of the shape of `x`
 */
export function convolve(weight: tf.Tensor2D, x: tf.Tensor3D): tf.Tensor3D {
  const [channels, kernel] = weight.shape
  const terms = Array.from({ length: kernel }, (_, k) => tf.mul<tf.Tensor3D>(delayed(x, k), tf.reshape(tf.slice(weight, [0, k], [channels, 1]), [channels])))
  return terms.reduce((sum, term) => tf.add(sum, term))
}

/** `x` moved `by` positions on, zeros in front. */
function delayed(x: tf.Tensor3D, by: number): tf.Tensor3D {
  return by === 0 ? x : tf.slice(tf.pad(x, [[0, 0], [by, 0], [0, 0]]), [0, 0, 0], x.shape)
}
