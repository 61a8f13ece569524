import type * as tf from '@tensorflow/tfjs'
import { takeSpare } from './spare.ts'

/** The values of a tensor: float64 under dtype `float32`, int32 under `int32`, bytes under `bool`. */
export type Values = Float64Array | Int32Array | Uint8Array

/** Row-major values with their shape: what a kernel reads and what it returns. */
export interface Dense {
  readonly shape: number[]
  readonly dtype: tf.DataType
  readonly values: Values
}

/** Zeros of a dtype's own array type. */
export function zeros(dtype: tf.DataType, size: number): Values {
  switch (dtype) {
    case 'float32':
      return takeSpare(size)?.fill(0) ?? new Float64Array(size)
    case 'int32':
      return new Int32Array(size)
    case 'bool':
      return new Uint8Array(size)
    default:
      throw new TypeError(`dtype: got ${dtype}, expected float32, int32 or bool`)
  }
}

/** Zeros of a shape, to be filled. */
export function empty(dtype: tf.DataType, shape: number[]): Dense {
  return { dtype, shape, values: zeros(dtype, sizeOf(shape)) }
}

/** An array of a shape whose every entry is to be written: what stands in it means nothing. */
export function unset(dtype: tf.DataType, shape: number[]): Dense {
  const size = sizeOf(shape)
  return { dtype, shape, values: (dtype === 'float32' ? takeSpare(size) : undefined) ?? zeros(dtype, size) }
}

/** The same values under another shape; the storage is shared. */
export function reshaped(x: Dense, shape: number[]): Dense {
  return { ...x, shape }
}

/** The values under another dtype: int32 truncates, bool asks whether they differ from zero. */
export function converted(x: Dense, dtype: tf.DataType): Dense {
  if (x.dtype === dtype) return x
  const y = unset(dtype, x.shape)
  if (dtype === 'bool') x.values.forEach((value, i) => (y.values[i] = value !== 0 ? 1 : 0))
  else y.values.set(x.values)
  return y
}

export function sizeOf(shape: readonly number[]): number {
  let size = 1
  for (const d of shape) size *= d
  return size
}

/** Steps in the flat array for one step along each axis. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length)
  let step = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step
    step *= shape[axis]!
  }
  return strides
}

/** The array as an argument of TensorFlow.js's shape rules, which read its shape and dtype only. */
export function asTensor(x: Dense): tf.Tensor {
  return x as unknown as tf.Tensor
}
