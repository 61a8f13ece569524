import * as tf from '@tensorflow/tfjs'
import { type Dense, empty, sizeOf } from '../dense.ts'
import { type Kernel, kernel } from '../kernel.ts'
import { type Window, eachTap, outputsOf, windowOf } from './window.ts'

interface Pooling {
  readonly filterSize: number
  readonly strides: number
  readonly pad: 'same' | 'valid' | number
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
}

function windowOver(x: Dense, { filterSize, strides, pad, dimRoundingMode }: Pooling): Window {
  const { computePool2DInfo, computePool3DInfo } = tf.backend_util
  return windowOf(
    x.shape.length === 4
      ? computePool2DInfo(x.shape as [number, number, number, number], filterSize, strides, 1, pad, dimRoundingMode)
      : computePool3DInfo(x.shape as [number, number, number, number, number], filterSize, strides, 1, pad, dimRoundingMode),
  )
}

function outputLike(x: Dense, window: Window, dtype: tf.DataType = x.dtype): Dense {
  return empty(dtype, [window.batch, ...window.output.slice(5 - x.shape.length), x.shape.at(-1)!])
}

/** For every output and channel, the flat index into `x` of the greatest entry in its window, the first of equals; -1 for none. */
function greatest(x: Dense, window: Window): Int32Array {
  const channels = x.shape.at(-1)!
  const at = new Int32Array(outputsOf(window) * channels).fill(-1)
  eachTap(window, (input, _, output) => {
    for (let c = 0; c < channels; c++) {
      const best = at[output * channels + c]!
      const i = input * channels + c
      // NaN is passed over wherever the window holds a number.
      if (best < 0 || x.values[i]! > x.values[best]! || Number.isNaN(x.values[best])) {
        at[output * channels + c] = i
      }
    }
  })
  return at
}

function maxPool(x: Dense, pooling: Pooling): Dense {
  const window = windowOver(x, pooling)
  const y = outputLike(x, window)
  greatest(x, window).forEach((i, k) => (y.values[k] = i < 0 ? -Infinity : x.values[i]!))
  return y
}

function maxPoolGradient(dy: Dense, x: Dense, pooling: Pooling): Dense {
  const dx = empty('float32', x.shape)
  greatest(x, windowOver(x, pooling)).forEach((i, k) => {
    if (i >= 0) dx.values[i] = dx.values[i]! + dy.values[k]!
  })
  return dx
}

/** How many taps of each output's window lie inside the volume. */
function tapCounts(window: Window): Float64Array {
  const counts = new Float64Array(outputsOf(window))
  eachTap(window, (_input, _tap, output) => (counts[output] = counts[output]! + 1))
  return counts
}

function averagePool(x: Dense, pooling: Pooling): Dense {
  const window = windowOver(x, pooling)
  const channels = x.shape.at(-1)!
  const y = outputLike(x, window, 'float32')
  const counts = tapCounts(window)
  eachTap(window, (input, _, output) => {
    for (let c = 0; c < channels; c++) {
      y.values[output * channels + c] = y.values[output * channels + c]! + x.values[input * channels + c]!
    }
  })
  for (let k = 0; k < y.values.length; k++) y.values[k] = y.values[k]! / Math.max(counts[Math.floor(k / channels)]!, 1)
  return y
}

function averagePoolGradient(dy: Dense, x: Dense, pooling: Pooling): Dense {
  const window = windowOver(x, pooling)
  const channels = x.shape.at(-1)!
  const dx = empty('float32', x.shape)
  const counts = tapCounts(window)
  eachTap(window, (input, _, output) => {
    for (let c = 0; c < channels; c++) {
      dx.values[input * channels + c] = dx.values[input * channels + c]! + dy.values[output * channels + c]! / counts[output]!
    }
  })
  return dx
}

type Upstream = { readonly dy: Dense; readonly input: Dense }

/** Largest and mean entry under a sliding window over images and volumes, with their gradients. */
export const poolingKernels: readonly Kernel[] = [
  ...[tf.MaxPool, tf.MaxPool3D].map(name => kernel<{ x: Dense }, Pooling>(name, ({ x }, pooling) => maxPool(x, pooling))),
  ...[tf.AvgPool, tf.AvgPool3D].map(name => kernel<{ x: Dense }, Pooling>(name, ({ x }, pooling) => averagePool(x, pooling))),
  ...[tf.MaxPoolGrad, tf.MaxPool3DGrad].map(name =>
    kernel<Upstream, Pooling>(name, ({ dy, input }, pooling) => maxPoolGradient(dy, input, pooling)),
  ),
  ...[tf.AvgPoolGrad, tf.AvgPool3DGrad].map(name =>
    kernel<Upstream, Pooling>(name, ({ dy, input }, pooling) => averagePoolGradient(dy, input, pooling)),
  ),
  kernel<{ x: Dense }, Pooling & { includeBatchInIndex: boolean }>(tf.MaxPoolWithArgmax, ({ x }, attributes) => {
    tf.util.assert(x.shape.length === 4, () => `maxPoolWithArgmax: x has rank ${x.shape.length}, expected 4`)
    const window = windowOver(x, attributes)
    const at = greatest(x, window)
    const image = attributes.includeBatchInIndex ? Infinity : sizeOf(x.shape.slice(1))
    const indices = outputLike(x, window, 'int32')
    at.forEach((i, k) => (indices.values[k] = i % image))
    return [maxPool(x, attributes), indices]
  }),
]
