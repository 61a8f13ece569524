import { exactData } from '@dead-directions/autodiff'
import { type Matrix, matrix, svd } from '@dead-directions/linalg'
import { forward, parameterTensors } from '@dead-directions/network'
import type { TensorData } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { sampleInputs } from './sample-inputs.ts'
import type { Subject } from './subject.ts'

/** How far the values of a node vary in every direction. */
export interface KernelReading {
  readonly node: string
  readonly primitive: string
  /** What the primitive calls its kernel, or `null` where it declares none. */
  readonly label: string | null
  /** Smallest singular value of the centred values over the largest: zero, to rounding, at a kernel. */
  readonly smallest: number
  /** Overlap of the direction of least variance with the declared kernel. */
  readonly overlap: number | null
}

/**
 * Least variance of every node's centred values on normal inputs, beside the kernels that the primitives declare.
 * Source: arXiv 2606.05957, row C8, and 2606.19491, row F3.
 */
export async function readKernels({ network, parameters, tokens }: Subject): Promise<readonly KernelReading[]> {
  const readings: KernelReading[] = []
  for (const node of network.nodes) {
    const own = Object.fromEntries(Object.keys(node.architecture.parameters(node.spec)).map(name => [name, parameters[`${node.name}.${name}`] as TensorData]))
    const { s, v } = svd(await centredValues({ network, parameters, ...(tokens === undefined ? {} : { tokens }) }, node.name))
    const smallest = (s.at(-1) as number) / (s[0] as number)
    const last = Float64Array.from({ length: v.rows }, (_, i) => v.data[i * v.cols + v.cols - 1] as number)
    const declared = node.architecture.kernels?.(node.spec, own) ?? []
    const reading = { node: node.name, primitive: node.architecture.name, smallest }
    if (declared.length === 0) readings.push({ ...reading, label: null, overlap: null })
    for (const { label, direction } of declared) {
      readings.push({ ...reading, label, overlap: Math.abs(last.reduce((total, value, i) => total + value * (direction[i] as number), 0)) })
    }
  }
  return readings
}

async function centredValues({ network, parameters, tokens }: Subject, node: string): Promise<Matrix> {
  const inputs = sampleInputs(network, 64, 13, tokens)
  const tensors = parameterTensors(parameters)
  const seen: tf.Tensor[] = []
  tf.tidy(() => void forward(network, tensors, inputs, { node: (name, value) => (name === node && seen.push(tf.keep(tf.clone(value))), value) }))
  const [value] = seen as [tf.Tensor]
  const width = value.shape.at(-1) as number
  const data = await exactData(value)
  tf.dispose([value, inputs, ...Object.values(tensors)])
  const rows = data.length / width
  const means = Float64Array.from({ length: width }, (_, j) => data.reduce((total, x, i) => (i % width === j ? total + x : total), 0) / rows)
  return matrix(rows, width, data.map((x, i) => x - (means[i % width] as number)))
}
