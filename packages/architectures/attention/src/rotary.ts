import { exactTensor } from '@dead-directions/autodiff'
import * as tf from '@tensorflow/tfjs'

/**
 * Every pair (2i, 2i+1) turned by the angle `position · base^(-2i/headWidth)`, so that scores depend on distances only.
 * Source: arXiv 2104.09864.
 *
 * @param x `[samples, heads, positions, headWidth]`
 */
export function rotate(x: tf.Tensor4D, base: number): tf.Tensor4D {
  const [samples, heads, positions, headWidth] = x.shape
  const [even, odd] = tf.unstack(tf.reshape(x, [samples, heads, positions, headWidth / 2, 2]), 4) as [tf.Tensor4D, tf.Tensor4D]
  const angles = Float64Array.from({ length: (positions * headWidth) / 2 }, (_, at) => {
    const pair = at % (headWidth / 2)
    return ((at - pair) / (headWidth / 2)) * base ** ((-2 * pair) / headWidth)
  })
  const cos = exactTensor(angles.map(Math.cos), [positions, headWidth / 2])
  const sin = exactTensor(angles.map(Math.sin), [positions, headWidth / 2])
  const turned = [tf.sub(tf.mul(even, cos), tf.mul(odd, sin)), tf.add(tf.mul(even, sin), tf.mul(odd, cos))]
  return tf.reshape(tf.stack(turned, 4), x.shape)
}
