import * as tf from '@tensorflow/tfjs'
import { type Dense, type Values, unset } from '../dense.ts'
import { type Kernel, kernel } from '../kernel.ts'
import { chosen as choose } from './chosen.ts'
import { specialised } from './specialised.ts'
import { broadcastStrides, eachBlock, walkOf } from './walk.ts'

/** By a name of its own: V8 looks an import up for every entry. */
const chosen = choose

type BinaryOperation = (a: number, b: number) => number

/** The operation on `rows` rows of `n` entries. An array that is not repeated shares the result's counter, and runs up to twice as fast. */
const blockLoop = (operation: BinaryOperation) =>
  function block(
    rows: number,
    n: number,
    a: Values,
    i: number,
    rowA: number,
    stepA: number,
    b: Values,
    j: number,
    rowB: number,
    stepB: number,
    y: Values,
    k: number,
  ): void {
    const last = k + rows * n
    const wholeA = a.length === y.length
    const wholeB = b.length === y.length
    if (wholeA && wholeB) for (; k < last; k++) y[k] = operation(a[k]!, b[k]!)
    else
      for (; k < last; i += rowA, j += rowB) {
        const end = k + n
        if (wholeA && stepB === 0) for (const second = b[j]!; k < end; k++) y[k] = operation(a[k]!, second)
        else if (wholeB && stepA === 0) for (const first = a[i]!; k < end; k++) y[k] = operation(first, b[k]!)
        else if (wholeA) for (let q = j; k < end; k++, q++) y[k] = operation(a[k]!, b[q]!)
        else if (wholeB) for (let p = i; k < end; k++, p++) y[k] = operation(a[p]!, b[k]!)
        else for (let p = i, q = j; k < end; k++, p += stepA, q += stepB) y[k] = operation(a[p]!, b[q]!)
      }
  }

/** The operation on two arrays broadcast against each other; the result has the first one's dtype unless another is given. */
export function broadcasting(operation: BinaryOperation): (a: Dense, b: Dense, dtype?: tf.DataType) => Dense {
  // V8 fits a loop to the types of array that it has met: one of int32 would slow every float64 down after it.
  const floats = specialised(blockLoop, operation)
  const others = specialised(blockLoop, operation)
  return (a, b, dtype = a.dtype) => {
    const y = unset(dtype, tf.backend_util.assertAndGetBroadcastShape(a.shape, b.shape))
    const walk = walkOf(y.shape, [broadcastStrides(a.shape, y.shape), broadcastStrides(b.shape, y.shape)])
    const inner = walk.dims.length - 1
    const rows = walk.dims[inner - 1] ?? 1
    const n = walk.dims[inner]!
    const [rowA = 0, rowB = 0] = walk.steps.map(steps => steps[inner - 1]) as [number?, number?]
    const [stepA, stepB] = walk.steps.map(steps => steps[inner]!) as [number, number]
    const block = (a.values instanceof Float64Array ? floats : others)()
    let k = 0
    eachBlock(walk, 2, (i, j) => {
      block(rows, n, a.values, i, rowA, stepA, b.values, j, rowB, stepB, y.values, k)
      k += rows * n
    })
    return y
  }
}

function binary(name: string, operation: BinaryOperation, dtype?: tf.DataType): Kernel {
  const apply = broadcasting(operation)
  return kernel<{ a: Dense; b: Dense }>(name, ({ a, b }) => apply(a, b, dtype))
}

/** The remainder with the sign of the divisor. */
function floorMod(a: number, b: number): number {
  const rest = a % b
  return a < 0 === b < 0 ? rest : (rest + b) % b
}

type Broadcasting = ReturnType<typeof broadcasting>
export const add: Broadcasting = broadcasting((a, b) => a + b)
export const multiply: Broadcasting = broadcasting((a, b) => a * b)
export const prelu: Broadcasting = broadcasting((x, alpha) => chosen(x < 0, x, alpha * x))
/** The derivative of elu from its value `y`. */
const eluGradient = broadcasting((dy, y) => chosen(y >= 0, dy * (y + 1), dy))

const choiceLoop = (chosen: typeof choose) =>
  function choice(condition: Values, t: Values, e: Values, y: Values): void {
    for (let i = 0; i < y.length; i++) y[i] = chosen(condition[i] !== 0, e[i]!, t[i]!)
  }

const floatChoice = specialised(choiceLoop, chosen)
const otherChoice = specialised(choiceLoop, chosen)

/** `t` where the condition holds, `e` elsewhere; TensorFlow.js has broadcast the three. */
function select({ condition, t, e }: { condition: Dense; t: Dense; e: Dense }): Dense {
  const y = unset(tf.upcastType(t.dtype, e.dtype), t.shape)
  const choice = (y.values instanceof Float64Array ? floatChoice : otherChoice)()
  choice(condition.values, t.values, e.values, y.values)
  return y
}

/** Kernels on two arrays broadcast against each other, sums of several, and the choice between two. */
export const binaryKernels: readonly Kernel[] = [
  kernel<{ a: Dense; b: Dense }>(tf.Add, ({ a, b }) => add(a, b)),
  binary(tf.Atan2, Math.atan2),
  binary(tf.BitwiseAnd, (a, b) => a & b),
  binary(tf.Equal, (a, b) => +(a === b), 'bool'),
  binary(tf.FloorDiv, (a, b) => Math.floor(a / b)),
  binary(tf.Greater, (a, b) => +(a > b), 'bool'),
  binary(tf.GreaterEqual, (a, b) => +(a >= b), 'bool'),
  binary(tf.Less, (a, b) => +(a < b), 'bool'),
  binary(tf.LessEqual, (a, b) => +(a <= b), 'bool'),
  binary(tf.LogicalAnd, (a, b) => (a && b ? 1 : 0), 'bool'),
  binary(tf.LogicalOr, (a, b) => (a || b ? 1 : 0), 'bool'),
  binary(tf.Maximum, Math.max),
  binary(tf.Minimum, Math.min),
  binary(tf.Mod, floorMod),
  kernel<{ a: Dense; b: Dense }>(tf.Multiply, ({ a, b }) => multiply(a, b)),
  binary(tf.NotEqual, (a, b) => +(a !== b), 'bool'),
  binary(tf.Pow, Math.pow),
  binary(tf.RealDiv, (a, b) => a / b),
  binary(tf.SquaredDifference, (a, b) => (a - b) * (a - b)),
  binary(tf.Sub, (a, b) => a - b),
  kernel<{ dy: Dense; y: Dense }>(tf.EluGrad, ({ dy, y }) => eluGradient(dy, y)),
  kernel<{ x: Dense; alpha: Dense }>(tf.Prelu, ({ x, alpha }) => prelu(x, alpha, 'float32')),
  kernel<Dense[]>(tf.AddN, terms => terms.reduce((sum, term) => add(sum, term))),
  kernel<{ condition: Dense; t: Dense; e: Dense }>(tf.Select, select),
]
