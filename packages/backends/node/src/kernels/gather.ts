import * as tf from '@tensorflow/tfjs'
import { type Dense, type Values, asTensor, empty, sizeOf, stridesOf } from '../dense.ts'
import { type Kernel, kernel } from '../kernel.ts'

/** Slices of `x` along an axis in the order of `indices`; the first `batchDims` axes go together. */
function gather(x: Dense, indices: Dense, axis: number, batchDims: number): Dense {
  const at = tf.util.parseAxisParam(axis, x.shape)[0]!
  const length = x.shape[at]!
  for (const index of indices.values) {
    if (!(index >= 0 && index < length)) throw new Error(`GatherV2: the index value ${index} is not in [0, ${length - 1}]`)
  }
  const info = tf.backend_util.segment_util.collectGatherOpShapeInfo(asTensor(x), asTensor(indices), at, batchDims)
  const y = empty(x.dtype, info.outputShape)
  const { batchSize, outerSize, dimSize, sliceSize } = info
  const chosen = indices.values.length / batchSize
  let to = 0
  for (let batch = 0; batch < batchSize; batch++) {
    for (let outer = 0; outer < outerSize; outer++) {
      const base = (batch * outerSize + outer) * dimSize
      for (let i = 0; i < chosen; i++, to += sliceSize) {
        put(y.values, to, x.values, (base + indices.values[batch * chosen + i]!) * sliceSize, sliceSize)
      }
    }
  }
  return y
}

function put(target: Values, to: number, source: Values, from: number, length: number): void {
  for (let i = 0; i < length; i++) target[to + i] = source[from + i]!
}

/** Which slice of an array of the given shape the `i`-th index tuple names. */
function sliceNumber(indices: Dense, i: number, rank: number, strides: readonly number[], shape: readonly number[]): number {
  const tuple = indices.values.subarray(i * rank, (i + 1) * rank)
  if (tuple.some((index, axis) => !(index >= 0 && index < shape[axis]!))) {
    throw new Error(`Invalid indices: ${tuple} does not index into ${shape}`)
  }
  let number = 0
  for (let axis = 0; axis < rank; axis++) number += tuple[axis]! * strides[axis]!
  return number
}

function gatherTuples(params: Dense, indices: Dense): Dense {
  const [shape, count, sliceSize, strides] = tf.backend_util.prepareAndValidate(asTensor(params), asTensor(indices)) as [number[], number, number, number[]]
  const rank = indices.shape.at(-1)!
  const y = empty(params.dtype, shape)
  for (let i = 0; i < count; i++) {
    put(y.values, i * sliceSize, params.values, sliceNumber(indices, i, rank, strides, params.shape) * sliceSize, sliceSize)
  }
  return y
}

/** Writes each update over, or adds it to, the slice of `target` that its index tuple names. */
function scatter(target: Dense, indices: Dense, updates: Dense, adding: boolean): Dense {
  const { sliceRank, numUpdates, sliceSize } = tf.backend_util.calculateShapes(asTensor(updates), asTensor(indices), target.shape)
  const strides = stridesOf(target.shape.slice(0, sliceRank))
  const single = updates.shape.length === 0
  if (target.values.length === 0) return target
  for (let i = 0; i < numUpdates; i++) {
    const to = sliceNumber(indices, i, sliceRank, strides, target.shape) * sliceSize
    for (let j = 0; j < sliceSize; j++) {
      const value = updates.values[single ? 0 : i * sliceSize + j]!
      target.values[to + j] = adding ? target.values[to + j]! + value : value
    }
  }
  return target
}

function filledLike(dtype: tf.DataType, shape: number[], value: number): Dense {
  const y = empty(dtype, shape)
  y.values.fill(value)
  return y
}

/** Sums the slices of `x` that share a segment; ids outside [0, count) are left out. */
function segmentSum(x: Dense, ids: Dense, count: number): Dense {
  const slice = x.shape.slice(ids.shape.length)
  const y = empty(x.dtype, [count, ...slice])
  const size = sizeOf(slice)
  ids.values.forEach((id, i) => {
    if (id < 0 || id >= count) return
    for (let j = 0; j < size; j++) y.values[id * size + j] = y.values[id * size + j]! + x.values[i * size + j]!
  })
  return y
}

/** Kernels that read or write at positions given by an array. */
export const gatherKernels: readonly Kernel[] = [
  kernel<{ x: Dense; indices: Dense }, { axis: number; batchDims?: number }>(tf.GatherV2, ({ x, indices }, { axis, batchDims }) =>
    gather(x, indices, axis, batchDims ?? 0),
  ),
  kernel<{ params: Dense; indices: Dense }>(tf.GatherNd, ({ params, indices }) => gatherTuples(params, indices)),
  kernel<{ indices: Dense; updates: Dense }, { shape: number[] }>(tf.ScatterNd, ({ indices, updates }, { shape }) =>
    scatter(empty(updates.dtype, shape), indices, updates, true),
  ),
  kernel<{ tensor: Dense; indices: Dense; updates: Dense }>(tf.TensorScatterUpdate, ({ tensor, indices, updates }) =>
    scatter({ ...tensor, values: tensor.values.slice() }, indices, updates, false),
  ),
  kernel<{ sparseIndices: Dense; sparseValues: Dense; defaultValue: Dense }, { outputShape: number[] }>(
    tf.SparseToDense,
    ({ sparseIndices, sparseValues, defaultValue }, { outputShape }) =>
      scatter(filledLike(sparseValues.dtype, outputShape, defaultValue.values[0]!), sparseIndices, sparseValues, false),
  ),
  kernel<{ x: Dense; segmentIds: Dense }, { numSegments: number }>(tf.UnsortedSegmentSum, ({ x, segmentIds }, { numSegments }) =>
    segmentSum(x, segmentIds, numSegments),
  ),
]
