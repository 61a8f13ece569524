import * as tf from '@tensorflow/tfjs'

/**
 * A tensor of the given values, exact when the active backend holds float64, rounded to float32 otherwise.
 *
 * `tf.tensor` refuses a `Float64Array` and rounds a plain array; a buffer hands its values to the backend untouched.
 *
 * @param values row-major entries
 * @param shape lengths of the axes; their product is the number of values
 * @throws Error when the number of values is not the product of the shape
 * @example
 * import { nodeBackend, tensor64 } from '@dead-directions/backend-node'
 * await nodeBackend.install()
 * const x = tensor64([1e-60, 1 + 1e-12], [2])
 */
export function tensor64<R extends tf.Rank = tf.Rank>(values: ArrayLike<number>, shape: tf.ShapeMap[R]): tf.Tensor<R> {
  // A backend that holds float64 says so by its epsilon; others take the bytes of a buffer for float32.
  const held = tf.backend().epsilon() <= Number.EPSILON ? Float64Array.from(values) : Float32Array.from(values)
  return tf.buffer(shape, 'float32', held as Float32Array).toTensor()
}

/**
 * A copy of a tensor's values, row-major, with every digit that its backend holds.
 *
 * @example
 * import { nodeBackend, read64, tensor64 } from '@dead-directions/backend-node'
 * await nodeBackend.install()
 * read64(tensor64([1e-60], [1])) // Float64Array [1e-60]
 */
export function read64(tensor: tf.Tensor): Float64Array {
  return Float64Array.from(tensor.dataSync())
}
