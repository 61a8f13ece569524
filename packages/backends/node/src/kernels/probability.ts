import { softmax as softmaxRows } from '@dead-directions/linalg/kernels'
import * as tf from '@tensorflow/tfjs'
import { type Dense, empty, unset } from '../dense.ts'
import { type Kernel, kernel } from '../kernel.ts'
import { add, broadcasting, multiply } from './binary.ts'
import { floats } from './matmul.ts'
import { elementwise } from './unary.ts'

const difference = broadcasting((a, b) => a - b)
const quotient = broadcasting((a, b) => a / b)
const rootOfSum = elementwise((x, epsilon) => Math.sqrt(x + epsilon))

/** The logarithm of the softmax of rows of `n` entries; the greatest entry is taken off first, which keeps exp in range. */
function logSoftmaxRows(x: Float64Array, y: Float64Array, n: number): void {
  for (let start = 0; start < x.length; start += n) {
    const end = start + n
    let greatest = -Infinity
    for (let i = start; i < end; i++) greatest = Math.max(greatest, x[i]!)
    let total = 0
    for (let i = start; i < end; i++) total += Math.exp((y[i] = x[i]! - greatest))
    for (let i = start, shift = Math.log(total); i < end; i++) y[i]! -= shift
  }
}

function byRows(rows: typeof softmaxRows): (x: Dense) => Dense {
  return x => {
    const y = unset('float32', x.shape)
    rows(floats(x), y.values as Float64Array, x.shape.at(-1) ?? 1)
    return y
  }
}

const softmax = byRows(softmaxRows)
const logSoftmax = byRows(logSoftmaxRows)

/** Numbers in [0, 1) that a seed fixes (mulberry32 on the bits of the seed, 32 bits each). */
function uniform(seed: number): () => number {
  const [low, high] = new Uint32Array(Float64Array.of(seed).buffer) as unknown as [number, number]
  let state = low ^ Math.imul(high, 0x9e3779b1)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Draws {
  readonly numSamples: number
  readonly seed: number
  readonly normalized: boolean
}

/** Event numbers drawn from each row of probabilities. */
function multinomial(logits: Dense, { numSamples, seed, normalized }: Draws): Dense {
  const { shape, values } = normalized ? logits : softmax(logits)
  const [rows, events] = shape as [number, number]
  const y = empty('int32', [rows, numSamples])
  const draw = uniform(seed)
  for (let k = 0; k < y.values.length; k++) {
    const first = Math.floor(k / numSamples) * events
    let event = 0
    for (let left = draw() - values[first]!; left >= 0 && event < events - 1; left -= values[first + event]!) event++
    y.values[k] = event
  }
  return y
}

interface Moments {
  readonly x: Dense
  readonly mean: Dense
  readonly variance: Dense
  readonly scale?: Dense
  readonly offset?: Dense
}

function batchNorm({ x, mean, variance, scale, offset }: Moments, epsilon: number): Dense {
  const y = quotient(difference(x, mean), rootOfSum(variance, 'float32', epsilon))
  const scaled = scale === undefined ? y : multiply(y, scale)
  return offset === undefined ? scaled : add(scaled, offset)
}

/** Softmax and its logarithm along the last axis, draws from it, and normalisation by given moments. */
export const probabilityKernels: readonly Kernel[] = [
  kernel<{ logits: Dense }>(tf.Softmax, ({ logits }) => softmax(logits)),
  kernel<{ logits: Dense }>(tf.LogSoftmax, ({ logits }) => logSoftmax(logits)),
  kernel<{ logits: Dense }, Draws>(tf.Multinomial, ({ logits }, draws) => multinomial(logits, draws)),
  kernel<Moments, { varianceEpsilon?: number }>(tf.FusedBatchNorm, (moments, { varianceEpsilon }) =>
    batchNorm(moments, varianceEpsilon ?? 0.001),
  ),
]
