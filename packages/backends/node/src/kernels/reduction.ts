import * as tf from '@tensorflow/tfjs'
import { type Dense, type Values, converted, empty, sizeOf, stridesOf, unset } from '../dense.ts'
import { type Kernel, kernel } from '../kernel.ts'
import { specialised } from './specialised.ts'
import { eachBlock, walkOf } from './walk.ts'

type Fold = (sum: number, x: number) => number

/**
 * Folds `rows` rows of `n` entries into as many numbers, or into one row where `across`. A row is folded in four parts, each
 * fourth entry, which are then folded in pairs, and what is left of it one by one; rows are folded into a row in their order.
 */
const foldLoop = (fold: Fold) =>
  function block(rows: number, n: number, x: Values, i: number, y: Values, k: number, across: boolean, start: number): void {
    const last = i + rows * n
    if (across) {
      for (const whole = last - (rows % 4) * n; i < whole; i += 3 * n)
        for (let p = k, end = k + n; p < end; i++, p++)
          y[p] = fold(fold(fold(fold(y[p]!, x[i]!), x[i + n]!), x[i + 2 * n]!), x[i + 3 * n]!)
      while (i < last) for (let p = k, end = k + n; p < end; i++, p++) y[p] = fold(y[p]!, x[i]!)
    } else
      for (; i < last; k++) {
        const end = i + n
        let a = start
        let b = start
        let c = start
        let d = start
        for (const whole = end - (n % 4); i < whole; i += 4) {
          a = fold(a, x[i]!)
          b = fold(b, x[i + 1]!)
          c = fold(c, x[i + 2]!)
          d = fold(d, x[i + 3]!)
        }
        let sum = fold(fold(a, b), fold(c, d))
        for (; i < end; i++) sum = fold(sum, x[i]!)
        y[k] = fold(y[k]!, sum)
      }
  }

/** The fold over some axes, which the result keeps with length one; it starts from what leaves every number as it is. */
export function folding(fold: Fold, start: number): (x: Dense, axes: readonly number[], dtype?: tf.DataType) => Dense {
  const floats = specialised(foldLoop, fold)
  const others = specialised(foldLoop, fold)
  return (x, axes, dtype = x.dtype) => {
    const shape = x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length))
    // Folded as floats: integers have no infinity to start from.
    const y = unset('float32', shape)
    y.values.fill(start)
    const into = stridesOf(shape).map((stride, axis) => (axes.includes(axis) ? 0 : stride))
    const { dims, steps } = walkOf(x.shape, [stridesOf(x.shape), into])
    // Neighbours that are folded are one axis by now, and so are neighbours that are not: of the last two, one is folded.
    const inner = dims.length - 1
    const rows = dims[inner - 1] ?? 1
    const n = dims[inner]!
    const across = steps[1]![inner] !== 0
    const block = (x.values instanceof Float64Array ? floats : others)()
    eachBlock({ dims, steps }, 2, (i, k) => block(rows, n, x.values, i, y.values, k, across, start))
    return converted(y, dtype)
  }
}

export const sum: ReturnType<typeof folding> = folding((a, x) => a + x, 0)
const product = folding((a, x) => a * x, 1)
const maximum: ReturnType<typeof folding> = folding(Math.max, -Infinity)
const minimum = folding(Math.min, Infinity)
const all = folding((a, x) => (a && x ? 1 : 0), 1)
const any = folding((a, x) => (a || x ? 1 : 0), 0)

type Axis = number | number[]

/** The array without the axes that a fold left with length one. */
export function withoutAxes(x: Dense, axes: readonly number[]): Dense {
  return { ...x, shape: x.shape.filter((_, axis) => !axes.includes(axis)) }
}

function reduction(name: string, reduce: (x: Dense, axes: number[]) => Dense): Kernel {
  return kernel<{ x: Dense }, { axis?: Axis; reductionIndices?: Axis; keepDims: boolean }>(
    name,
    ({ x }, { axis, reductionIndices, keepDims }) => {
      const axes = tf.util.parseAxisParam((axis ?? reductionIndices)!, x.shape)
      const y = reduce(x, axes)
      return keepDims ? y : withoutAxes(y, axes)
    },
  )
}

function mean(x: Dense, axes: number[]): Dense {
  const y = sum(x, axes, 'float32')
  const count = sizeOf(axes.map(axis => x.shape[axis]!))
  for (let i = 0; i < y.values.length; i++) y.values[i] = y.values[i]! / count
  return y
}

function arg(name: string, better: (x: number, best: number) => boolean): Kernel {
  return kernel<{ x: Dense }, { axis: Axis }>(name, ({ x }, { axis }) => {
    const at = tf.util.parseAxisParam(axis, x.shape)[0]!
    const n = x.shape[at]!
    const stride = stridesOf(x.shape)[at]!
    const y = empty('int32', x.shape.toSpliced(at, 1))
    for (let k = 0; k < y.values.length; k++) {
      const first = Math.floor(k / stride) * stride * n + (k % stride)
      let best = 0
      for (let j = 1; j < n; j++) {
        if (better(x.values[first + j * stride]!, x.values[first + best * stride]!)) best = j
      }
      y.values[k] = best
    }
    return y
  })
}

/** Running fold along one axis: the entry itself is left out when `exclusive`. */
function running(name: string, fold: Fold, start: number): Kernel {
  return kernel<{ x: Dense }, { axis: number; exclusive: boolean; reverse: boolean }>(name, ({ x }, { axis, exclusive, reverse }) => {
    const at = tf.util.parseAxisParam(axis, x.shape)[0]!
    const n = x.shape[at]!
    const stride = stridesOf(x.shape)[at]!
    const y = empty(tf.upcastType(x.dtype, 'int32'), x.shape)
    for (let k = 0; k < (n === 0 ? 0 : x.values.length / n); k++) {
      const first = Math.floor(k / stride) * stride * n + (k % stride)
      let value = start
      for (let j = 0; j < n; j++) {
        const i = first + (reverse ? n - 1 - j : j) * stride
        if (exclusive) y.values[i] = value
        value = fold(value, x.values[i]!)
        if (!exclusive) y.values[i] = value
      }
    }
    return y
  })
}

const counted = (x: Dense): tf.DataType => tf.upcastType(x.dtype, 'int32')

/** Kernels that fold along axes. */
export const reductionKernels: readonly Kernel[] = [
  reduction(tf.Sum, (x, axes) => sum(x, axes, counted(x))),
  reduction(tf.Prod, (x, axes) => product(x, axes, counted(x))),
  reduction(tf.Mean, mean),
  reduction(tf.Max, (x, axes) => maximum(x, axes)),
  reduction(tf.Min, (x, axes) => minimum(x, axes)),
  reduction(tf.All, (x, axes) => all(x, axes)),
  reduction(tf.Any, (x, axes) => any(x, axes)),
  arg(tf.ArgMax, (x, best) => x > best),
  arg(tf.ArgMin, (x, best) => x < best),
  running(tf.Cumsum, (a, x) => a + x, 0),
  running(tf.Cumprod, (a, x) => a * x, 1),
]
