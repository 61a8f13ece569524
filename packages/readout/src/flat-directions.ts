import { gaugeTangents } from '@dead-directions/quotient'
import { type Matrix, matrix, multiply, svd, transpose } from '@dead-directions/linalg'
import type { Network, ParameterValues } from '@dead-directions/network'
import type { Approach } from '@dead-directions/registry'
import type * as tf from '@tensorflow/tfjs'
import { readoutCriteria } from './criteria.ts'
import { asRows, scoreMatrix } from './score.ts'

/** What the joint spectrum of all parameters shows. */
export interface JointSpectrum {
  /** Singular values of the score matrix at the checkpoint, descending. */
  readonly values: Float64Array
  readonly parameters: number
  /** Those of its flat directions that no gauge and no approach explains. */
  readonly unexplained: readonly number[]
}

/**
 * Flat directions of the checkpoint that belong to no gauge and to no approach: listed without an order.
 * Source: arXiv 2606.05957, the readout (theory row F.2c).
 */
export async function jointSpectrum(network: Network, parameters: ParameterValues, inputs: tf.Tensor, approaches: readonly Approach[]): Promise<JointSpectrum> {
  const { s, v } = svd(await scoreMatrix(network, parameters, inputs))
  const known = asRows(network, [
    ...gaugeTangents(network, parameters).flatMap(({ tangents }) => tangents),
    ...approaches.flatMap(approach => [tangentOf(approach), ...approach.flats, ...approach.family, ...memberDirections(network, approach)]),
  ])
  const basis = known.rows === 0 ? null : svd(transpose(known))
  const flat = Array.from(s, (value, i) => ({ value, i })).filter(({ value }) => value < readoutCriteria.flat * (s[0] as number))
  const unexplained = flat.filter(({ i }) => basis === null || insideShare(v, i, basis) < readoutCriteria.explained)
  return { values: s, parameters: v.rows, unexplained: unexplained.map(({ value }) => value) }
}

function tangentOf({ tangent }: Approach): Readonly<Record<string, Float64Array>> {
  return Object.fromEntries(Object.entries(tangent).map(([name, { data }]) => [name, data]))
}

/** Each member's dyad as a direction of its layer's weight. */
function memberDirections(network: Network, approach: Approach): readonly Readonly<Record<string, Float64Array>>[] {
  return approach.members.flatMap(({ layer, output, input }) => {
    const found = network.layers.find(({ name }) => name === layer)
    if (found === undefined || found.weight === null) return []
    const weight = new Float64Array(found.out * found.in)
    for (let i = 0; i < found.out; i++) for (let j = 0; j < found.in; j++) weight[i * found.in + j] = (output[i] as number) * (input[j] as number)
    return [{ [found.weight]: weight }]
  })
}

/** Squared length of the part of column i of `v` that lies in the span of the left singular vectors. */
function insideShare(v: Matrix, i: number, { u, s }: { u: Matrix; s: Float64Array }): number {
  const rank = s.filter(value => value > 1e-10 * (s[0] as number)).length
  const direction = matrix(v.rows, 1, Float64Array.from({ length: v.rows }, (_, row) => v.data[row * v.cols + i] as number))
  const parts = multiply(transpose(u), direction).data.subarray(0, rank)
  return parts.reduce((total, part) => total + part * part, 0)
}
