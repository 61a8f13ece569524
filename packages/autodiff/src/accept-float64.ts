import * as tf from '@tensorflow/tfjs'

const accepting = new WeakSet<tf.KernelBackend>()

/**
 * Makes a float32 backend round the values of tensors that come to it from a float64 backend; it would otherwise read their bytes as
 * float32. Again is harmless.
 *
 * @param backend one that stores dtype `float32` in four bytes
 * @example
 * import { acceptFloat64 } from '@dead-directions/autodiff'
 * import * as tf from '@tensorflow/tfjs'
 * await tf.setBackend('cpu')
 * acceptFloat64(tf.backend())
 */
export function acceptFloat64(backend: tf.KernelBackend): void {
  if (accepting.has(backend)) return
  accepting.add(backend)
  const write = backend.write.bind(backend)
  const move = backend.move.bind(backend)
  backend.write = (values, shape, dtype) => write(rounded(values), shape, dtype)
  backend.move = (dataId, values, shape, dtype, refCount) => move(dataId, rounded(values), shape, dtype, refCount)
}

function rounded(values: tf.backend_util.BackendValues): tf.backend_util.BackendValues {
  return (values as unknown) instanceof Float64Array ? Float32Array.from(values as unknown as Float64Array) : values
}
