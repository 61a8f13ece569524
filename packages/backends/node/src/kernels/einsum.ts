import * as tf from '@tensorflow/tfjs'
import { type Dense, asTensor, reshaped, sizeOf } from '../dense.ts'
import { type Kernel, kernel } from '../kernel.ts'
import { transposed } from './layout.ts'
import { matMul } from './matmul.ts'
import { sum, withoutAxes } from './reduction.ts'

/** An array whose axes carry labels: their numbers in the equation, output labels first. */
interface Labelled {
  readonly x: Dense
  readonly labels: readonly number[]
}

function summedOver({ x, labels }: Labelled, gone: (label: number) => boolean): Labelled {
  const axes = labels.flatMap((label, axis) => (gone(label) ? [axis] : []))
  if (axes.length === 0) return { x, labels }
  return { x: withoutAxes(sum(x, axes), axes), labels: labels.filter(label => !gone(label)) }
}

function ordered({ x, labels }: Labelled, order: readonly number[]): Dense {
  return transposed(
    x,
    order.map(label => labels.indexOf(label)),
  )
}

/** One matrix product: shared output labels count as batch, shared summed labels as the inner size. */
function contracted(a: Labelled, b: Labelled, outputs: number): Labelled {
  const shared = a.labels.filter(label => b.labels.includes(label))
  const batch = shared.filter(label => label < outputs)
  const inner = shared.filter(label => label >= outputs)
  const left = a.labels.filter(label => !shared.includes(label))
  const right = b.labels.filter(label => !shared.includes(label))
  const lengths = (of: Labelled, labels: readonly number[]): number[] => labels.map(label => of.x.shape[of.labels.indexOf(label)]!)
  const [n, m, k, p] = [lengths(a, batch), lengths(a, left), lengths(a, inner), lengths(b, right)].map(sizeOf) as [number, number, number, number]
  const x = matMul(
    reshaped(ordered(a, [...batch, ...left, ...inner]), [n, m, k]),
    reshaped(ordered(b, [...batch, ...inner, ...right]), [n, k, p]),
    { transposeA: false, transposeB: false },
  )
  return {
    x: reshaped(x, [...lengths(a, batch), ...lengths(a, left), ...lengths(b, right)]),
    labels: [...batch, ...left, ...right],
  }
}

function einsum(operands: Dense[], equation: string): Dense {
  const { allDims, summedDims, idDims } = tf.backend_util.decodeEinsumEquation(equation, operands.length)
  tf.backend_util.checkEinsumDimSizes(allDims.length, idDims, operands.map(asTensor))
  const outputs = allDims.length - summedDims.length
  const [a, b] = operands.map((x, i) => {
    const elsewhere = idDims[1 - i] ?? []
    return summedOver({ x, labels: idDims[i]! }, label => label >= outputs && !elsewhere.includes(label))
  }) as [Labelled, Labelled | undefined]
  return ordered(
    b === undefined ? a : contracted(a, b, outputs),
    allDims.slice(0, outputs).map((_, label) => label),
  )
}

/** Einstein sums of one or two arrays. */
export const einsumKernels: readonly Kernel[] = [
  kernel<Dense[], { equation: string }>(tf.Einsum, (operands, { equation }) => einsum(operands, equation)),
]
