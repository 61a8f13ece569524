import { exactTensor } from '@dead-directions/autodiff'
import * as tf from '@tensorflow/tfjs'

/** A point as a tensor, exact on a float64 backend. */
export function vector(values: Float64Array): tf.Tensor1D {
  return exactTensor(values, [values.length]) as tf.Tensor1D
}

/** The values of a tensor, of which nothing stays behind. */
export function read(compute: () => tf.Tensor): Float64Array {
  const tensor = tf.tidy(compute)
  const values = Float64Array.from(tensor.dataSync())
  tensor.dispose()
  return values
}
