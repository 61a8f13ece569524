import * as tf from '@tensorflow/tfjs'

/**
 * A tensor of the given values, exact when the active backend holds float64, rounded to float32 otherwise.
 *
 * `tf.tensor` refuses a `Float64Array` and rounds a plain array; a buffer hands its values to the backend untouched.
 *
 * @param values row-major entries, copied
 * @param shape lengths of the axes; their product is the number of values
 * @returns a tensor of dtype `float32`, whatever the backend stores
 * @throws Error when the number of values is not the product of the shape
 * @example
 * import { exactTensor } from '@dead-directions/autodiff'
 * import { nodeBackend } from '@dead-directions/backend-node'
 * await nodeBackend.install()
 * const x = exactTensor([1e-60, 1 + 1e-12], [2])
 */
export function exactTensor<R extends tf.Rank = tf.Rank>(values: ArrayLike<number>, shape: Readonly<tf.ShapeMap[R]>): tf.Tensor<R> {
  // A backend that holds float64 says so by its epsilon, and copies what it is given; others take the bytes of a buffer for float32.
  const held = tf.backend().epsilon() > Number.EPSILON ? Float32Array.from(values) : values instanceof Float64Array ? values : Float64Array.from(values)
  return tf.buffer([...shape] as unknown as tf.ShapeMap[R], 'float32', held as Float32Array).toTensor()
}

/**
 * A copy of a tensor's values, row-major, with every digit that its backend holds.
 *
 * @example
 * import { exactData, exactTensor } from '@dead-directions/autodiff'
 * import { nodeBackend } from '@dead-directions/backend-node'
 * await nodeBackend.install()
 * await exactData(exactTensor([1e-60], [1])) // Float64Array [1e-60]
 */
export async function exactData(tensor: tf.Tensor): Promise<Float64Array> {
  const values: unknown = await tensor.data()
  // A backend that holds float64 hands out copies.
  return values instanceof Float64Array ? values : new Float64Array(values as Float32Array)
}
