import * as tf from '@tensorflow/tfjs'

/**
 * A float tensor that keeps every digit its backend can store; `tf.tensor` would round float64 values to float32 first.
 *
 * @param data values in row-major order; not copied, and not to be changed afterwards
 * @param shape sizes whose product is the number of values
 * @returns a tensor of dtype `float32` on the active backend
 * @throws RangeError when the shape does not hold that many values
 * @example
 * const third = exactTensor(Float64Array.of(1 / 3), [1])
 */
export function exactTensor(data: Float64Array, shape: readonly number[]): tf.Tensor {
  const size = shape.reduce((product, n) => product * n, 1)
  if (size !== data.length) throw new RangeError(`shape: got [${shape.join(', ')}], expected sizes whose product is ${data.length}`)
  const engine = tf.engine()
  const sizes = [...shape]
  const values = keepsFloat64(engine.backend) ? data : Float32Array.from(data)
  const id = engine.backend.write(values as tf.backend_util.BackendValues, sizes, 'float32')
  return engine.makeTensorFromDataId(id, sizes, 'float32')
}

/** The tensor's values in float64, whatever its backend stores. */
export async function exactData(tensor: tf.Tensor): Promise<Float64Array> {
  const values: ArrayLike<number> = await tensor.data()
  return values instanceof Float64Array ? values : Float64Array.from(values)
}

function keepsFloat64(backend: tf.KernelBackend): boolean {
  return backend.epsilon() < 1e-12
}
