import { gemm } from '@dead-directions/linalg'
import * as tf from '@tensorflow/tfjs'
import { type Dense, converted, sizeOf, unset } from '../dense.ts'
import { type Kernel, kernel } from '../kernel.ts'
import { makeSpare } from '../spare.ts'
import { add, prelu } from './binary.ts'
import { eluOf, leakyRelu, relu, relu6, sigmoidOf, tanhOf } from './unary.ts'
import { broadcastStrides, eachBlock, walkOf } from './walk.ts'

interface Transposes {
  readonly transposeA: boolean
  readonly transposeB: boolean
}

/** Products of the matrices in the last two axes; the axes before them broadcast. */
export function matMul(a: Dense, b: Dense, { transposeA, transposeB }: Transposes): Dense {
  const [rowsA, columnsA] = a.shape.slice(-2) as [number, number]
  const [rowsB, columnsB] = b.shape.slice(-2) as [number, number]
  const [m, k] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA]
  const [inner, n] = transposeB ? [columnsB, rowsB] : [rowsB, columnsB]
  if (inner !== k) throw new Error(`Error in matMul: inner shapes (${k}) and (${inner}) must match, of shapes ${a.shape} and ${b.shape}.`)
  const batchesA = a.shape.slice(0, -2)
  const batchesB = b.shape.slice(0, -2)
  const batches = tf.backend_util.assertAndGetBroadcastShape(batchesA, batchesB)
  const product = unset('float32', [...batches, m, n])
  const factors = { m, n, k, transposeA, transposeB, a: floats(a), b: floats(b), c: product.values as Float64Array }
  // Against one matrix, a batch is one matrix of more rows.
  if (!transposeA && sizeOf(batchesB) === 1) {
    gemm({ ...factors, m: m * sizeOf(batches) })
    return converted(product, a.dtype)
  }
  const walk = walkOf([...batches, 1, 1], [broadcastStrides(batchesA, batches), broadcastStrides(batchesB, batches)])
  const last = walk.dims.length - 1
  const [stepA, stepB] = walk.steps.map(steps => steps[last]!) as [number, number]
  const count = walk.dims[last]!
  let cOffset = 0
  eachBlock(walk, 1, (i, j) => {
    gemm({ ...factors, count, aOffset: i * m * k, bOffset: j * k * n, cOffset, aStride: stepA * m * k, bStride: stepB * k * n })
    cOffset += count * m * n
  })
  return converted(product, a.dtype)
}

/** The values as float64, whatever the dtype. */
export function floats(x: Dense): Float64Array {
  return converted(x, 'float32').values as Float64Array
}

export interface Fusion {
  readonly activation?: string
  readonly leakyreluAlpha?: number
}

export interface Extras {
  readonly bias?: Dense
  readonly preluActivationWeights?: Dense
}

/** Lets what comes next be written over an array: of the spare ones of a length the last is taken first. */
function writtenOver(x: Dense): Dense {
  if (x.values instanceof Float64Array) makeSpare(x.values)
  return x
}

/** The bias and the activation that a fused kernel adds to its product, which nobody else holds. */
export function fused(product: Dense, { bias, preluActivationWeights }: Extras, { activation, leakyreluAlpha }: Fusion): Dense {
  const x = bias === undefined ? product : add(writtenOver(product), bias)
  switch (activation) {
    case 'relu':
      return relu(writtenOver(x))
    case 'relu6':
      return relu6(writtenOver(x))
    case 'elu':
      return eluOf(writtenOver(x))
    case 'sigmoid':
      return sigmoidOf(writtenOver(x))
    case 'tanh':
      return tanhOf(writtenOver(x))
    case 'leakyrelu':
      return leakyRelu(writtenOver(x), 'float32', leakyreluAlpha)
    case 'prelu':
      return prelu(writtenOver(x), preluActivationWeights!, 'float32')
    default:
      return x
  }
}

/** Matrix products, plain and fused with bias and activation. */
export const matMulKernels: readonly Kernel[] = [
  kernel<{ a: Dense; b: Dense }, Transposes>(tf.BatchMatMul, ({ a, b }, transposes) => matMul(a, b, transposes)),
  kernel<{ a: Dense; b: Dense } & Extras, Transposes & Fusion>(tf._FusedMatMul, ({ a, b, ...extras }, attributes) =>
    fused(matMul(a, b, attributes), extras, attributes),
  ),
]
