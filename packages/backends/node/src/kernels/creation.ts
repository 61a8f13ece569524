import * as tf from '@tensorflow/tfjs'
import { type Dense, empty, sizeOf } from '../dense.ts'
import { type Kernel, kernel } from '../kernel.ts'

function filled(dtype: tf.DataType, shape: number[], value: number): Dense {
  const y = empty(dtype, shape)
  if (value !== 0) y.values.fill(value)
  return y
}

interface Range {
  readonly start: number
  readonly stop: number
  readonly step: number
  readonly dtype: tf.DataType
}

/** `start + i·step` while short of `stop`; a step of 1, the default, turns to -1 when `stop` lies below. */
function range({ start, stop, step, dtype }: Range): Dense {
  const by = step === 1 && stop < start ? -1 : step
  const y = empty(dtype, [Math.max(0, Math.ceil((stop - start) / by))])
  for (let i = 0; i < y.values.length; i++) y.values[i] = start + i * by
  return y
}

function oneHot(indices: Dense, depth: number, on: number, off: number, dtype: tf.DataType): Dense {
  const y = filled(dtype, [...indices.shape, depth], off)
  indices.values.forEach((index, i) => {
    if (index >= 0 && index < depth) y.values[i * depth + index] = on
  })
  return y
}

function diagonal(x: Dense): Dense {
  const y = empty(x.dtype, [...x.shape, ...x.shape])
  const n = sizeOf(x.shape)
  for (let i = 0; i < n; i++) y.values[i * n + i] = x.values[i]!
  return y
}

/** Kernels that make arrays from sizes and constants. */
export const creationKernels: readonly Kernel[] = [
  kernel<object, { shape: number[]; value: number; dtype?: tf.DataType }>(tf.Fill, (_, { shape, value, dtype }) =>
    filled(dtype ?? 'float32', shape, value),
  ),
  kernel<{ x: Dense }>(tf.ZerosLike, ({ x }) => empty(x.dtype, x.shape)),
  kernel<{ x: Dense }>(tf.OnesLike, ({ x }) => filled(x.dtype, x.shape, 1)),
  kernel<object, Range>(tf.Range, (_, attributes) => range(attributes)),
  kernel<object, { start: number; stop: number; num: number }>(tf.LinSpace, (_, { start, stop, num }) => {
    const y = empty('float32', [num])
    for (let i = 0; i < num; i++) y.values[i] = num === 1 ? start : start + ((stop - start) * i) / (num - 1)
    return y
  }),
  kernel<{ indices: Dense }, { depth: number; onValue: number; offValue: number; dtype: tf.DataType }>(
    tf.OneHot,
    ({ indices }, { depth, onValue, offValue, dtype }) => oneHot(indices, depth, onValue, offValue, dtype),
  ),
  kernel<{ x: Dense }>(tf.Diag, ({ x }) => diagonal(x)),
  kernel<{ s0: Dense; s1: Dense }>(tf.BroadcastArgs, ({ s0, s1 }) => {
    const shape = tf.backend_util.assertAndGetBroadcastShape([...s0.values], [...s1.values])
    return { dtype: 'int32', shape: [shape.length], values: Int32Array.from(shape) }
  }),
]
