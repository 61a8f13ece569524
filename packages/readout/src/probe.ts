import { directionalDerivative, exactData, exactTensor } from '@dead-directions/autodiff'
import { type Fisher, layerData, type LayerData } from '@dead-directions/kfac'
import { gemm, type Matrix } from '@dead-directions/linalg'
import { forward, type Network, type ParameterValues } from '@dead-directions/network'
import type { ApproachMember, TensorData } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { readoutCriteria } from './criteria.ts'
import { divergence, outputMoment } from './likelihood.ts'
import type { Path } from './path.ts'

/** A quantity at one point of the path and the size below which it is rounding error. */
export interface Measured {
  readonly value: number
  readonly floor: number
}

/** What one point of the path shows: the Fisher form along the unit tangent, and each member's two factors. */
export interface ProbePoint {
  readonly fisher: Measured
  /** Fisher form of what rounding leaves in the tangent, along the unit tangent. */
  readonly leak: number
  readonly members: readonly { readonly activation: Measured; readonly gradient: Measured }[]
}

/** All that a probe needs to know. */
export interface ProbeSetting {
  readonly network: Network
  readonly parameters: ParameterValues
  /** `[samples, ...input]` */
  readonly inputs: tf.Tensor
  readonly fisher: Fisher
  readonly epsilon: number
}

/**
 * The Fisher form along an approach and its factors at `τ`.
 * Source: arXiv 2606.05957, rows A2, C1 and the readout (theory row F.4).
 */
export async function probeAt(setting: ProbeSetting, path: Path, tau: number): Promise<ProbePoint> {
  const { network, inputs, fisher, epsilon } = setting
  const { approach } = path
  const tensors = path.tensorsAt(tau)
  const layers = await layerData(network, tensors, inputs, fisher)
  const members = approach.members.map(member => {
    const data = layers.find(({ layer }) => layer.name === member.layer)
    if (data === undefined) throw new RangeError(`approach member: got layer ${member.layer}, expected a layer of the network`)
    return {
      activation: moment(data.activations, member.input, epsilon),
      gradient: moment(data.gradients, member.output, epsilon),
      share: share(member, path, data.layer.weight, data.layer.bias),
    }
  })
  const value = await fisherAlong(setting, tensors, path)
  tf.dispose(tensors)
  // The tangent is a sum of dyads; where their contributions cancel, this is what rounding leaves.
  const cancelled = members.length * members.reduce((total, { activation, gradient, share }) => total + share ** 2 * (activation.absolute * gradient.absolute), 0)
  const leak = (readoutCriteria.roundings * epsilon) ** 2 * tangentRounding(setting, layers, path)
  return { fisher: { value, floor: (readoutCriteria.roundings * epsilon) ** 2 * cancelled + leak }, leak, members }
}

/**
 * Fisher form of the rounding errors in the unit tangent, in units of epsilon: a weight that moves is known to a relative
 * epsilon of itself, and what that adds does not die with the channel.
 */
function tangentRounding({ parameters }: ProbeSetting, layers: readonly LayerData[], { unit, length }: Path): number {
  const moved = layers.filter(({ layer }) => layer.weight !== null && unit[layer.weight] !== undefined)
  const spare = new Float64Array(moved.reduce((most, { activations, layer }) => Math.max(most, activations.rows * (layer.in + layer.out)), 0))
  const sum = moved.reduce((total, { layer, activations, gradients }) => {
    const tangent = (unit[layer.weight as string] as TensorData).data
    const weight = (parameters[layer.weight as string] as TensorData).data
    const errors = new Float64Array(weight.length)
    for (let i = 0; i < errors.length; i++) if (tangent[i] !== 0) errors[i] = Math.abs(weight[i] as number) / length
    return total + bilinearMoment(errors, layer.in, activations, gradients, spare)
  }, 0)
  return moved.length * sum
}

/**
 * Mean over samples and passes of `(Σ |g_i| E_ij |a_j|)²`.
 *
 * @param spare room for `rows · (columns + outputs)` entries, written over
 */
function bilinearMoment(errors: Float64Array, columns: number, activations: Matrix, gradients: Matrix, spare: Float64Array): number {
  const inputs = spare.subarray(0, activations.rows * columns)
  for (let n = 0; n < activations.rows; n++) {
    for (let j = 0; j < columns; j++) inputs[n * columns + j] = Math.abs(activations.data[n * activations.cols + j] as number)
  }
  const reach = spare.subarray(inputs.length, inputs.length + activations.rows * gradients.cols)
  gemm({ m: activations.rows, n: gradients.cols, k: columns, a: inputs, b: errors, c: reach, transposeB: true })
  let sum = 0
  for (let row = 0; row < gradients.rows; row++) {
    const at = (row % activations.rows) * gradients.cols
    let total = 0
    for (let i = 0; i < gradients.cols; i++) total += Math.abs(gradients.data[row * gradients.cols + i] as number) * (reach[at + i] as number)
    sum += total * total
  }
  // Both data matrices carry the root of the number of samples.
  return sum * activations.rows
}

/**
 * `K(τ) = E KL(f_0 ‖ f_τ)` for every `τ`, with its floor. Source: arXiv 2606.05957, row A1.
 *
 * @param leak what {@link probeAt} found that rounding leaves in the tangent
 */
export async function divergencesAlong(setting: ProbeSetting, path: Path, taus: Float64Array, leak: number): Promise<readonly Measured[]> {
  const { network, inputs, epsilon } = setting
  const outputs = async (tau: number): Promise<Float64Array> => {
    const tensors = path.tensorsAt(tau)
    const output = tf.tidy(() => forward(network, tensors, inputs))
    const data = await exactData(output)
    tf.dispose([output, ...Object.values(tensors)])
    return data
  }
  const origin = await outputs(0)
  const width = network.outputShape.at(-1) as number
  const measured: Measured[] = []
  for (const tau of taus) {
    const { value, floor } = divergence(network.description.likelihood, origin, await outputs(tau), width, readoutCriteria.roundings * epsilon)
    measured.push({ value, floor: floor + ((tau * path.length) ** 2 * leak) / 2 })
  }
  return measured
}

async function fisherAlong({ network, inputs }: ProbeSetting, tensors: Record<string, tf.Tensor>, { unit }: Path): Promise<number> {
  const moving = Object.keys(unit)
  const { value, derivative } = tf.tidy(() => {
    const at = moving.map(name => tensors[name] as tf.Tensor)
    const direction = Object.values(unit).map(({ data, shape }) => exactTensor(data, shape))
    const output = (...moved: tf.Tensor[]): tf.Tensor => forward(network, { ...tensors, ...Object.fromEntries(moving.map((name, i) => [name, moved[i] as tf.Tensor])) }, inputs)
    return directionalDerivative(output, at, direction)
  })
  const moment = outputMoment(network.description.likelihood, await exactData(value), await exactData(derivative), network.outputShape.at(-1) as number)
  tf.dispose([value, derivative])
  return moment
}

/** Coefficient of a member's dyad in the unit tangent. */
function share(member: ApproachMember, { unit }: Path, weight: string | null, bias: string | null): number {
  const change = weight === null ? undefined : unit[weight]?.data
  if (change === undefined) return 0
  const columns = change.length / member.output.length
  const shift = bias === null ? undefined : unit[bias]?.data
  let total = 0
  member.output.forEach((u, i) => {
    if (u === 0) return
    for (let j = 0; j < columns; j++) total += u * (change[i * columns + j] as number) * (member.input[j] as number)
    if (shift !== undefined && member.input.length > columns) total += u * (shift[i] as number) * (member.input[columns] as number)
  })
  return total
}

/** `‖data · direction‖²`, its rounding floor, and the same with absolute values, which bounds what cancelled. */
function moment(data: Matrix, direction: Float64Array, epsilon: number): Measured & { readonly absolute: number } {
  let value = 0
  let absolute = 0
  for (let i = 0; i < data.rows; i++) {
    let dot = 0
    let size = 0
    for (let j = 0; j < data.cols; j++) {
      const term = (data.data[i * data.cols + j] as number) * (direction[j] as number)
      dot += term
      size += Math.abs(term)
    }
    value += dot * dot
    absolute += size * size
  }
  return { value, absolute, floor: (readoutCriteria.roundings * epsilon) ** 2 * absolute }
}
