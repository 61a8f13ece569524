import { gemm } from '@dead-directions/linalg'
import * as tf from '@tensorflow/tfjs'
import { type Dense, empty, reshaped, sizeOf } from '../dense.ts'
import { type Kernel, kernel } from '../kernel.ts'
import { transposed } from './layout.ts'
import { type Extras, type Fusion, floats, fused } from './matmul.ts'
import { type Window, eachTap, outputsOf, windowOf } from './window.ts'

type Shape4 = [number, number, number, number]
type Shape5 = [number, number, number, number, number]

interface Sliding {
  readonly strides: number
  readonly pad: 'same' | 'valid' | number
  readonly dilations?: number
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
  readonly dataFormat?: 'NHWC' | 'NCHW'
}

/** The window of an image convolution; `x` is the shape as given, in the layout that `dataFormat` names. */
function plane(x: readonly number[], filter: readonly number[], s: Sliding, depthwise = false): Window {
  const { computeConv2DInfo, convertConv2DDataFormat } = tf.backend_util
  const format = convertConv2DDataFormat(s.dataFormat ?? 'NHWC')
  const attributes = [s.strides, s.dilations ?? 1, s.pad, s.dimRoundingMode, depthwise, format] as const
  return windowOf(computeConv2DInfo(x as Shape4, filter as Shape4, ...attributes))
}

const volume = (x: readonly number[], filter: readonly number[], s: Sliding): Window =>
  windowOf(tf.backend_util.computeConv3DInfo(x as Shape5, filter as Shape5, s.strides, s.dilations ?? 1, s.pad))

/** What each window position sees: one row of taps × channels for every output. */
function patches(x: Dense, window: Window): Float64Array {
  const channels = x.shape.at(-1)!
  const width = sizeOf(window.taps) * channels
  const rows = new Float64Array(outputsOf(window) * width)
  const values = floats(x)
  eachTap(window, (input, tap, output) => {
    const to = output * width + tap * channels
    for (let c = 0; c < channels; c++) rows[to + c] = values[input * channels + c]!
  })
  return rows
}

const outputShape = (window: Window, rank: number, channels: number): number[] => [
  window.batch,
  ...window.output.slice(5 - rank),
  channels,
]

function convolve(x: Dense, filter: Dense, window: Window): Dense {
  const n = filter.shape.at(-1)!
  const y = empty('float32', outputShape(window, x.shape.length, n))
  const k = sizeOf(filter.shape) / n
  gemm({ m: outputsOf(window), n, k, a: patches(x, window), b: floats(filter), c: y.values as Float64Array })
  return y
}

function filterGradient(x: Dense, dy: Dense, shape: number[], window: Window): Dense {
  const n = shape.at(-1)!
  const gradient = empty('float32', shape)
  const m = sizeOf(shape) / n
  const a = patches(x, window)
  gemm({ m, n, k: outputsOf(window), transposeA: true, a, b: floats(dy), c: gradient.values as Float64Array })
  return gradient
}

function inputGradient(dy: Dense, filter: Dense, shape: number[], window: Window): Dense {
  const channels = shape.at(-1)!
  const k = filter.shape.at(-1)!
  const n = sizeOf(filter.shape) / k
  const m = outputsOf(window)
  if (dy.values.length !== m * k) throw new Error(`conv: dy has shape ${dy.shape}, expected ${outputShape(window, shape.length, k)}`)
  const rows = new Float64Array(m * n)
  gemm({ m, n, k, transposeB: true, a: floats(dy), b: floats(filter), c: rows })
  const gradient = empty('float32', shape)
  const values = gradient.values
  eachTap(window, (input, tap, output) => {
    const from = output * n + tap * channels
    for (let c = 0; c < channels; c++) values[input * channels + c] = values[input * channels + c]! + rows[from + c]!
  })
  return gradient
}

const channelsLast = (x: Dense, s: Sliding): Dense => (s.dataFormat === 'NCHW' ? transposed(x, [0, 2, 3, 1]) : x)
const asGiven = (y: Dense, s: Sliding): Dense => (s.dataFormat === 'NCHW' ? transposed(y, [0, 3, 1, 2]) : y)

function convolvePlane(x: Dense, filter: Dense, s: Sliding): Dense {
  return asGiven(convolve(channelsLast(x, s), filter, plane(x.shape, filter.shape, s)), s)
}

/** Per-channel weights of an NCHW image, so that they broadcast along its channels. */
function perChannel(x: Dense, s: Sliding): Dense {
  return s.dataFormat === 'NCHW' && x.shape.length === 1 && x.shape[0] !== 1 ? reshaped(x, [x.shape[0]!, 1, 1]) : x
}

/** Visits the weights of a depthwise filter with the input and output entries that each joins. */
function eachWeight(window: Window, channels: number, multiplier: number, visit: (input: number, weight: number, output: number) => void): void {
  eachTap(window, (input, tap, output) => {
    for (let c = 0; c < channels; c++) {
      for (let q = 0; q < multiplier; q++) {
        visit(input * channels + c, (tap * channels + c) * multiplier + q, (output * channels + c) * multiplier + q)
      }
    }
  })
}

type Arrays = { readonly x: Float64Array; readonly filter: Float64Array; readonly y: Float64Array }

/** One of the three arrays of a depthwise convolution from the other two. */
function depthwise(window: Window, filterShape: readonly number[], arrays: Arrays, into: keyof Arrays): void {
  const [, , channels, multiplier] = filterShape as Shape4
  const { x, filter, y } = arrays
  if (into === 'y') eachWeight(window, channels, multiplier, (i, w, o) => (y[o] = y[o]! + x[i]! * filter[w]!))
  if (into === 'x') eachWeight(window, channels, multiplier, (i, w, o) => (x[i] = x[i]! + y[o]! * filter[w]!))
  if (into === 'filter') eachWeight(window, channels, multiplier, (i, w, o) => (filter[w] = filter[w]! + x[i]! * y[o]!))
}

function convolveDepthwise(x: Dense, filter: Dense, s: Sliding): Dense {
  const window = plane(x.shape, filter.shape, s, true)
  const y = empty('float32', outputShape(window, 4, filter.shape[2]! * filter.shape[3]!))
  depthwise(window, filter.shape, { x: floats(x), filter: floats(filter), y: y.values as Float64Array }, 'y')
  return y
}

type Pair = { readonly x: Dense; readonly filter: Dense }
type ToFilter = { readonly x: Dense; readonly dy: Dense }
type ToInput = { readonly dy: Dense; readonly filter: Dense }
type FilterShape = Sliding & { readonly filterShape: number[] }
type InputShape = Sliding & { readonly inputShape: number[] }

/** Convolutions of images and volumes with their gradients. */
export const convolutionKernels: readonly Kernel[] = [
  kernel<Pair, Sliding>(tf.Conv2D, ({ x, filter }, s) => convolvePlane(x, filter, s)),
  kernel<ToFilter, FilterShape>(tf.Conv2DBackpropFilter, ({ x, dy }, s) =>
    filterGradient(channelsLast(x, s), channelsLast(dy, s), s.filterShape, plane(x.shape, s.filterShape, s)),
  ),
  kernel<ToInput, InputShape>(tf.Conv2DBackpropInput, ({ dy, filter }, s) => {
    const [n, a, b, c] = s.inputShape as Shape4
    const shape = s.dataFormat === 'NCHW' ? [n, b, c, a] : s.inputShape
    return asGiven(inputGradient(channelsLast(dy, s), filter, shape, plane(s.inputShape, filter.shape, s)), s)
  }),
  kernel<Pair & Extras, Sliding & Fusion>(tf.FusedConv2D, ({ x, filter, bias, preluActivationWeights: alpha }, s) =>
    fused(
      convolvePlane(x, filter, s),
      { ...(bias && { bias: perChannel(bias, s) }), ...(alpha && { preluActivationWeights: perChannel(alpha, s) }) },
      s,
    ),
  ),
  kernel<Pair, Sliding>(tf.Conv3D, ({ x, filter }, s) => convolve(x, filter, volume(x.shape, filter.shape, s))),
  kernel<ToFilter, FilterShape>(tf.Conv3DBackpropFilterV2, ({ x, dy }, s) =>
    filterGradient(x, dy, s.filterShape, volume(x.shape, s.filterShape, s)),
  ),
  kernel<ToInput, InputShape>(tf.Conv3DBackpropInputV2, ({ dy, filter }, s) =>
    inputGradient(dy, filter, s.inputShape, volume(s.inputShape, filter.shape, s)),
  ),
  kernel<Pair, Sliding>(tf.DepthwiseConv2dNative, ({ x, filter }, s) => convolveDepthwise(x, filter, s)),
  kernel<Pair & Extras, Sliding & Fusion>(tf.FusedDepthwiseConv2D, ({ x, filter, ...extras }, s) =>
    fused(convolveDepthwise(x, filter, s), extras, s),
  ),
  kernel<ToFilter, FilterShape>(tf.DepthwiseConv2dNativeBackpropFilter, ({ x, dy }, s) => {
    const filter = empty('float32', s.filterShape)
    const arrays = { x: floats(x), filter: filter.values as Float64Array, y: floats(dy) }
    depthwise(plane(x.shape, s.filterShape, s, true), s.filterShape, arrays, 'filter')
    return filter
  }),
  kernel<ToInput, InputShape>(tf.DepthwiseConv2dNativeBackpropInput, ({ dy, filter }, s) => {
    const x = empty('float32', s.inputShape)
    const arrays = { x: x.values as Float64Array, filter: floats(filter), y: floats(dy) }
    depthwise(plane(s.inputShape, filter.shape, s, true), filter.shape, arrays, 'x')
    return x
  }),
]
