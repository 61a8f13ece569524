import * as tf from '@tensorflow/tfjs'
import { type Dense, asTensor, empty, reshaped, sizeOf, stridesOf, unset } from '../dense.ts'
import { type Kernel, kernel } from '../kernel.ts'
import { broadcastStrides, copy } from './walk.ts'

/** A new array of the given shape read out of `x` from `offset` on with the given strides. */
function readOut(x: Dense, shape: number[], offset: number, strides: readonly number[]): Dense {
  const y = unset(x.dtype, shape)
  copy(shape, { values: x.values, offset, strides }, { values: y.values, offset: 0, strides: stridesOf(shape) })
  return y
}

/** Axis `i` of the result is axis `permutation[i]` of `x`. */
export function transposed(x: Dense, permutation: readonly number[]): Dense {
  const strides = stridesOf(x.shape)
  return readOut(
    x,
    permutation.map(axis => x.shape[axis]!),
    0,
    permutation.map(axis => strides[axis]!),
  )
}

/** The block of the given shape whose first entry is at `begin`, taking every `step`-th entry along each axis. */
export function sliced(x: Dense, begin: readonly number[], shape: number[], steps: readonly number[] = shape.map(() => 1)): Dense {
  const strides = stridesOf(x.shape)
  const offset = strides.reduce((sum, stride, axis) => sum + stride * begin[axis]!, 0)
  return readOut(
    x,
    shape,
    offset,
    strides.map((stride, axis) => stride * steps[axis]!),
  )
}

export function broadcastTo(x: Dense, shape: number[]): Dense {
  return readOut(x, shape, 0, broadcastStrides(x.shape, shape))
}

function reversed(x: Dense, axes: readonly number[]): Dense {
  const begin = x.shape.map((length, axis) => (axes.includes(axis) ? length - 1 : 0))
  const steps = x.shape.map((_, axis) => (axes.includes(axis) ? -1 : 1))
  return sizeOf(x.shape) === 0 ? x : sliced(x, begin, x.shape, steps)
}

function tiled(x: Dense, repetitions: readonly number[]): Dense {
  const paired = x.shape.flatMap(length => [1, length])
  const wide = x.shape.flatMap((length, axis) => [repetitions[axis]!, length])
  const shape = x.shape.map((length, axis) => length * repetitions[axis]!)
  return reshaped(broadcastTo(reshaped(x, paired), wide), shape)
}

export function concatenated(parts: readonly Dense[], axis: number): Dense {
  const shapes = parts.map(part => part.shape)
  tf.backend_util.assertParamsConsistent(shapes, axis)
  const y = unset(parts[0]!.dtype, tf.backend_util.computeOutShape(shapes, axis))
  const strides = stridesOf(y.shape)
  let offset = 0
  for (const part of parts) {
    copy(part.shape, { values: part.values, offset: 0, strides: stridesOf(part.shape) }, { values: y.values, offset, strides })
    offset += part.shape[axis]! * strides[axis]!
  }
  return y
}

export function padded(x: Dense, paddings: readonly (readonly number[])[], value: number): Dense {
  const shape = x.shape.map((length, axis) => paddings[axis]![0]! + length + paddings[axis]![1]!)
  const y = empty(x.dtype, shape)
  if (value !== 0) y.values.fill(value)
  const strides = stridesOf(shape)
  const offset = strides.reduce((sum, stride, axis) => sum + stride * paddings[axis]![0]!, 0)
  copy(x.shape, { values: x.values, offset: 0, strides: stridesOf(x.shape) }, { values: y.values, offset, strides })
  return y
}

/** Mirrors one axis: `reflect` leaves the edge out, `symmetric` repeats it. */
function mirrored(x: Dense, axis: number, [before, after]: readonly number[], mode: 'reflect' | 'symmetric'): Dense {
  const n = x.shape[axis]!
  const edge = mode === 'reflect' ? 0 : 1
  const part = (from: number, length: number): Dense => {
    const shape = x.shape.with(axis, length)
    return sliced(
      x,
      x.shape.map((_, a) => (a === axis ? from : 0)),
      shape,
      x.shape.map((_, a) => (a === axis ? -1 : 1)),
    )
  }
  return concatenated([part(before! - edge, before!), x, part(n - 2 + edge, after!)], axis)
}

function pieces(x: Dense, axis: number, lengths: readonly number[]): Dense[] {
  let from = 0
  return lengths.map(length => {
    const begin = x.shape.map((_, a) => (a === axis ? from : 0))
    from += length
    return sliced(x, begin, x.shape.with(axis, length))
  })
}

interface Block {
  readonly blockShape: number[]
}

function batchToSpace(x: Dense, blockShape: number[], crops: number[][]): Dense {
  const blocks = sizeOf(blockShape)
  const apart = tf.backend_util.getReshaped(x.shape, blockShape, blocks)
  const joined = tf.backend_util.getReshapedPermuted(x.shape, blockShape, blocks)
  const whole = reshaped(transposed(reshaped(x, apart), tf.backend_util.getPermuted(apart.length, blockShape.length)), joined)
  const begin = tf.backend_util.getSliceBeginCoords(crops, blockShape.length)
  const size = tf.backend_util.getSliceSize(joined, crops, blockShape.length)
  return sliced(whole, [...begin, ...joined.map(() => 0)], [...size, ...joined.slice(size.length)])
}

function spaceToBatch(x: Dense, blockShape: number[], paddings: number[][]): Dense {
  const blocks = sizeOf(blockShape)
  const rest = x.shape.slice(1 + blockShape.length).map(() => [0, 0])
  const whole = padded(x, [[0, 0], ...paddings, ...rest], 0)
  const apart = tf.backend_util.getReshaped(whole.shape, blockShape, blocks, false)
  const permutation = tf.backend_util.getPermuted(apart.length, blockShape.length, false)
  return reshaped(transposed(reshaped(whole, apart), permutation), tf.backend_util.getReshapedPermuted(whole.shape, blockShape, blocks, false))
}

function depthToSpace(x: Dense, size: number): Dense {
  const [n, h, w, depth] = x.shape as [number, number, number, number]
  const channels = depth / (size * size)
  const apart = transposed(reshaped(x, [n, h, w, size, size, channels]), [0, 1, 3, 2, 4, 5])
  return reshaped(apart, [n, h * size, w * size, channels])
}

interface StridedSlice {
  readonly begin: number[]
  readonly end: number[]
  readonly strides: number[]
  readonly beginMask: number
  readonly endMask: number
  readonly ellipsisMask: number
  readonly newAxisMask: number
  readonly shrinkAxisMask: number
}

function stridedSlice(x: Dense, s: StridedSlice): Dense {
  const masks = [s.beginMask, s.endMask, s.ellipsisMask, s.newAxisMask, s.shrinkAxisMask] as const
  const info = tf.slice_util.sliceInfo(x.shape, s.begin, s.end, s.strides, ...masks)
  if (info.isIdentity) return reshaped(x, info.finalShape)
  const shape = tf.slice_util.computeOutShape(info.begin, info.end, info.strides).map(length => Math.max(length, 0))
  return reshaped(sliced(x, info.begin, shape, info.strides), info.finalShape)
}

const axisOf = (axis: number, x: Dense): number => tf.util.parseAxisParam(axis, x.shape)[0]!

/** Kernels that only move, repeat or rename entries. */
export const layoutKernels: readonly Kernel[] = [
  kernel<{ x: Dense }>(tf.Identity, ({ x }) => x),
  kernel<{ x: Dense }, { shape: number[] }>(tf.Reshape, ({ x }, { shape }) => {
    const known = tf.util.inferFromImplicitShape(shape, x.values.length)
    if (sizeOf(known) !== x.values.length) {
      throw new Error(`The new shape (${known}) has ${sizeOf(known)} elements and the old shape (${x.shape}) has ${x.values.length} elements.`)
    }
    return reshaped(x, known)
  }),
  kernel<{ input: Dense }, { dim: number }>(tf.ExpandDims, ({ input: x }, { dim }) => {
    const rank = x.shape.length
    if (dim < -rank - 1 || dim > rank) throw new Error(`Axis must be in the interval [${-rank - 1}, ${rank}], got ${dim}`)
    return reshaped(x, x.shape.toSpliced(dim < 0 ? rank + 1 + dim : dim, 0, 1))
  }),
  kernel<{ x: Dense }, { perm: number[] }>(tf.Transpose, ({ x }, { perm }) => transposed(x, perm)),
  kernel<{ x: Dense }, { begin: number | number[]; size: number | number[] }>(tf.Slice, ({ x }, { begin, size }) => {
    const [from, shape] = tf.slice_util.parseSliceParams(asTensor(x), begin, size) as [number[], number[]]
    tf.slice_util.assertParamsValid(asTensor(x), from, shape)
    return sliced(x, from, shape)
  }),
  kernel<{ x: Dense }, StridedSlice>(tf.StridedSlice, ({ x }, attributes) => stridedSlice(x, attributes)),
  kernel<{ x: Dense }, { dims: number | number[] }>(tf.Reverse, ({ x }, { dims }) => reversed(x, tf.util.parseAxisParam(dims, x.shape))),
  kernel<{ x: Dense }, { shape: number[] }>(tf.BroadcastTo, ({ x }, { shape }) => broadcastTo(x, shape)),
  kernel<{ x: Dense }, { reps: number[] }>(tf.Tile, ({ x }, { reps }) => tiled(x, reps)),
  kernel<{ x: Dense }, { paddings: number[][]; constantValue: number }>(tf.PadV2, ({ x }, { paddings, constantValue }) =>
    padded(x, paddings, constantValue),
  ),
  kernel<{ x: Dense }, { paddings: number[][]; mode: 'reflect' | 'symmetric' }>(tf.MirrorPad, ({ x }, { paddings, mode }) =>
    paddings.reduce((y, padding, axis) => mirrored(y, axis, padding, mode), x),
  ),
  kernel<Dense[], { axis: number }>(tf.Concat, (parts, { axis }) => concatenated(parts, axisOf(axis, parts[0]!))),
  kernel<Dense[], { axis: number }>(tf.Pack, (parts, { axis }) => {
    const { shape, dtype } = parts[0]!
    for (const part of parts) {
      tf.util.assertShapesMatch(shape, part.shape, 'All tensors passed to stack must have matching shapes')
      tf.util.assert(dtype === part.dtype, () => 'All tensors passed to stack must have matching dtypes')
    }
    const at = axis < 0 ? shape.length + 1 + axis : axis
    return concatenated(
      parts.map(part => reshaped(part, part.shape.toSpliced(at, 0, 1))),
      at,
    )
  }),
  kernel<{ x: Dense }, { numOrSizeSplits: number | number[]; axis: number }>(tf.SplitV, ({ x }, { numOrSizeSplits, axis }) => {
    const at = axisOf(axis, x)
    return pieces(x, at, tf.backend_util.prepareSplitSize(asTensor(x), numOrSizeSplits, at))
  }),
  kernel<{ value: Dense }, { axis: number }>(tf.Unpack, ({ value: x }, { axis }) => {
    const at = axisOf(axis, x)
    return pieces(x, at, new Array<number>(x.shape[at]!).fill(1)).map(piece => reshaped(piece, x.shape.toSpliced(at, 1)))
  }),
  kernel<{ x: Dense }, Block & { crops: number[][] }>(tf.BatchToSpaceND, ({ x }, { blockShape, crops }) => batchToSpace(x, blockShape, crops)),
  kernel<{ x: Dense }, Block & { paddings: number[][] }>(tf.SpaceToBatchND, ({ x }, { blockShape, paddings }) =>
    spaceToBatch(x, blockShape, paddings),
  ),
  kernel<{ x: Dense }, { blockSize: number }>(tf.DepthToSpace, ({ x }, { blockSize }) => depthToSpace(x, blockSize)),
]
