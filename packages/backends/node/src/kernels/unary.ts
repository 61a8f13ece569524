import { exp, expm1, sigmoid, tanh } from '@dead-directions/linalg/kernels'
import erf from '@stdlib/math-base-special-erf'
import * as tf from '@tensorflow/tfjs'
import { type Dense, type Values, converted, unset } from '../dense.ts'
import { type Kernel, kernel } from '../kernel.ts'
import { chosen as choose } from './chosen.ts'
import { specialised } from './specialised.ts'

/** By a name of its own: V8 looks an import up for every entry. */
const chosen = choose

/** One number to one number, with up to two numbers from the kernel's attributes. */
type UnaryOperation = (x: number, p: number, q: number) => number

const elementLoop = (operation: UnaryOperation) =>
  function elements(x: Values, y: Values, p: number, q: number): void {
    for (let i = 0; i < y.length; i++) y[i] = operation(x[i]!, p, q)
  }

/** The operation on every entry of an array; the result has the array's dtype unless another is given. */
export function elementwise(operation: UnaryOperation): (x: Dense, dtype?: tf.DataType, p?: number, q?: number) => Dense {
  const loop = specialised(elementLoop, operation)
  return (x, dtype = x.dtype, p = 0, q = 0) => {
    const y = unset(dtype, x.shape)
    loop()(x.values, y.values, p, q)
    return y
  }
}

/** The same with a loop in WebAssembly over all entries, computed in float64 whatever the dtype. */
function vectorised(loop: (x: Float64Array, y: Float64Array) => void): (x: Dense, dtype?: tf.DataType) => Dense {
  return (x, dtype = x.dtype) => {
    const y = unset('float32', x.shape)
    loop(converted(x, 'float32').values as Float64Array, y.values as Float64Array)
    return converted(y, dtype)
  }
}

function unary(name: string, operation: UnaryOperation, dtype?: tf.DataType): Kernel {
  const apply = elementwise(operation)
  return kernel<{ x: Dense }>(name, ({ x }) => apply(x, dtype))
}

/** log(1 + exp x), exact to rounding in both tails. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
}

function elu(x: number): number {
  return x >= 0 ? x : Math.expm1(x)
}

function selu(x: number): number {
  return x >= 0 ? tf.backend_util.SELU_SCALE * x : tf.backend_util.SELU_SCALEALPHA * Math.expm1(x)
}

function roundHalfToEven(x: number): number {
  const below = Math.floor(x)
  const rest = x - below
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1
  return below % 2 === 0 ? below : below + 1
}

export const relu: ReturnType<typeof elementwise> = elementwise(x => chosen(x <= 0, x, 0))
export const relu6: ReturnType<typeof elementwise> = elementwise(x => chosen(x > 6, chosen(x <= 0, x, 0), 6))
export const leakyRelu: ReturnType<typeof elementwise> = elementwise((x, alpha) => chosen(x < 0, x, alpha * x))
export const eluOf: ReturnType<typeof elementwise> = elementwise(elu)
export const sigmoidOf: ReturnType<typeof vectorised> = vectorised(sigmoid)
const expOf = vectorised(exp)
const expm1Of = vectorised(expm1)
export const tanhOf: ReturnType<typeof vectorised> = vectorised(tanh)
const step = elementwise((x, alpha) => chosen(x <= 0, chosen(x > 0, x, 1), alpha))
const clip = elementwise((x, low, high) => chosen(x > high, chosen(x < low, x, low), high))

/** Kernels that map every entry on its own. */
export const unaryKernels: readonly Kernel[] = [
  unary(tf.Abs, Math.abs),
  unary(tf.Acos, Math.acos),
  unary(tf.Acosh, Math.acosh),
  unary(tf.Asin, Math.asin),
  unary(tf.Asinh, Math.asinh),
  unary(tf.Atan, Math.atan),
  unary(tf.Atanh, Math.atanh),
  unary(tf.Ceil, Math.ceil),
  unary(tf.Cos, Math.cos),
  unary(tf.Cosh, Math.cosh),
  kernel<{ x: Dense }>(tf.Elu, ({ x }) => eluOf(x)),
  unary(tf.Erf, erf),
  kernel<{ x: Dense }>(tf.Exp, ({ x }) => expOf(x, 'float32')),
  kernel<{ x: Dense }>(tf.Expm1, ({ x }) => expm1Of(x)),
  unary(tf.Floor, Math.floor),
  unary(tf.IsFinite, x => (Number.isFinite(x) ? 1 : 0), 'bool'),
  unary(tf.IsInf, x => (Math.abs(x) === Infinity ? 1 : 0), 'bool'),
  unary(tf.IsNan, x => (x !== x ? 1 : 0), 'bool'),
  unary(tf.Log, Math.log),
  unary(tf.Log1p, Math.log1p),
  unary(tf.LogicalNot, x => (x ? 0 : 1), 'bool'),
  unary(tf.Neg, x => -x),
  unary(tf.Reciprocal, x => 1 / x),
  kernel<{ x: Dense }>(tf.Relu, ({ x }) => relu(x)),
  kernel<{ x: Dense }>(tf.Relu6, ({ x }) => relu6(x)),
  unary(tf.Round, roundHalfToEven),
  unary(tf.Rsqrt, x => 1 / Math.sqrt(x)),
  unary(tf.Selu, selu),
  kernel<{ x: Dense }>(tf.Sigmoid, ({ x }) => sigmoidOf(x)),
  unary(tf.Sign, x => +(x > 0) - +(x < 0)),
  unary(tf.Sin, Math.sin),
  unary(tf.Sinh, Math.sinh),
  unary(tf.Softplus, softplus),
  unary(tf.Sqrt, Math.sqrt),
  unary(tf.Square, x => x * x),
  unary(tf.Tan, Math.tan),
  kernel<{ x: Dense }>(tf.Tanh, ({ x }) => tanhOf(x)),
  kernel<{ x: Dense }, { alpha: number }>(tf.Step, ({ x }, { alpha }) => step(x, x.dtype, alpha)),
  kernel<{ x: Dense }, { alpha: number }>(tf.LeakyRelu, ({ x }, { alpha }) => leakyRelu(x, 'float32', alpha)),
  kernel<{ x: Dense }, { clipValueMin: number; clipValueMax: number }>(tf.ClipByValue, ({ x }, { clipValueMin, clipValueMax }) =>
    clip(x, x.dtype, clipValueMin, clipValueMax),
  ),
  kernel<{ x: Dense }, { dtype: tf.DataType }>(tf.Cast, ({ x }, { dtype }) => converted(x, dtype)),
]
