import * as tf from '@tensorflow/tfjs'
import { type Dense, type Values, empty, reshaped, sizeOf } from '../dense.ts'
import { type Kernel, kernel } from '../kernel.ts'
import { sliced } from './layout.ts'

/** The `k` greatest entries of each row, falling, the first of equals first, with their positions. */
function topK(x: Dense, k: number): Dense[] {
  const n = x.shape.at(-1)!
  const shape = x.shape.with(-1, k)
  const values = empty(x.dtype, shape)
  const indices = empty('int32', shape)
  for (let row = 0; row < x.values.length / n; row++) {
    const entries = x.values.subarray(row * n, (row + 1) * n)
    const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => entries[j]! - entries[i]! || i - j)
    for (let i = 0; i < k; i++) {
      indices.values[row * k + i] = order[i]!
      values.values[row * k + i] = entries[order[i]!]!
    }
  }
  return [values, indices]
}

/** The different slices along an axis in order of appearance, and which of them each slice is. */
function unique(x: Dense, axis: number): Dense[] {
  const at = tf.util.parseAxisParam(axis, x.shape)[0]!
  const first = (i: number): number[] => x.shape.map((_, a) => (a === at ? i : 0))
  const slices = Array.from({ length: x.shape[at]! }, (_, i) => sliced(x, first(i), x.shape.with(at, 1)).values.join())
  const kept = [...new Set(slices)]
  const rank = new Map(kept.map((slice, i) => [slice, i]))
  const inner = sizeOf(x.shape.slice(at + 1))
  const y = empty(x.dtype, x.shape.with(at, kept.length))
  const from = kept.map(slice => slices.indexOf(slice))
  for (let k = 0; k < y.values.length; k++) {
    const outer = Math.floor(k / (inner * kept.length))
    const slice = Math.floor(k / inner) % kept.length
    y.values[k] = x.values[(outer * x.shape[at]! + from[slice]!) * inner + (k % inner)]!
  }
  return [y, { dtype: 'int32', shape: [slices.length], values: Int32Array.from(slices, slice => rank.get(slice)!) }]
}

/** The number of entries of a rising row that are below the value, or not above it for side `right`. */
function insertion(row: Values, value: number, side: 'left' | 'right'): number {
  let low = 0
  let high = row.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (row[middle]! < value || (side === 'right' && row[middle] === value)) low = middle + 1
    else high = middle
  }
  return low
}

function searchSorted(sorted: Dense, values: Dense, side: 'left' | 'right'): Dense {
  const [, n] = sorted.shape as [number, number]
  const [, m] = values.shape as [number, number]
  const y = empty('int32', values.shape)
  values.values.forEach((value, i) => {
    const row = Math.floor(i / m)
    y.values[i] = insertion(sorted.values.subarray(row * n, (row + 1) * n), value, side)
  })
  return y
}

/** How often, or with what total weight, each whole number below `size` occurs in each row. */
function countEach(x: Dense, weights: Dense, size: number, once: boolean): Dense {
  if (x.shape.length > 2) throw new Error(`Error in denseBincount: input must be at most rank 2, but got rank${x.shape.length}.`)
  const n = x.shape.at(-1)!
  const y = empty(weights.dtype, [...x.shape.slice(0, -1), size])
  x.values.forEach((value, i) => {
    if (value < 0) throw new Error('Input x must be non-negative!')
    if (value >= size) return
    const at = Math.floor(i / n) * size + value
    y.values[at] = once ? 1 : y.values[at]! + (weights.values.length > 0 ? weights.values[i]! : 1)
  })
  return y
}

type Counted = { readonly x: Dense; readonly weights: Dense }

/** Kernels that compare, look up and count entries. */
export const orderKernels: readonly Kernel[] = [
  kernel<{ x: Dense }, { k: number }>(tf.TopK, ({ x }, { k }) => topK(x, k)),
  kernel<{ x: Dense }, { axis: number }>(tf.Unique, ({ x }, { axis }) => unique(x, axis)),
  kernel<{ sortedSequence: Dense; values: Dense }, { side: 'left' | 'right' }>(tf.SearchSorted, ({ sortedSequence, values }, { side }) =>
    searchSorted(sortedSequence, values, side),
  ),
  kernel<Counted, { size: number }>(tf.Bincount, ({ x, weights }, { size }) =>
    countEach(reshaped(x, [x.values.length]), weights, size, false),
  ),
  kernel<Counted, { size: number; binaryOutput: boolean }>(tf.DenseBincount, ({ x, weights }, { size, binaryOutput }) =>
    countEach(x, weights, size, binaryOutput),
  ),
]
