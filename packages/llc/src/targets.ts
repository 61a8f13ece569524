import { exactData, exactTensor } from '@dead-directions/autodiff'
import type { Matrix } from '@dead-directions/linalg'
import { forward, type Network, parameterTensors, type ParameterValues } from '@dead-directions/network'
import * as tf from '@tensorflow/tfjs'
import { randomStream } from './random-stream.ts'

/** Columns of a network's targets: its outputs, or for a categorical likelihood one class an output position. */
export function targetColumns({ description, outputShape }: Network): number {
  const axes = description.likelihood === 'gaussian' ? outputShape : outputShape.slice(0, -1)
  return axes.reduce((product, n) => product * n, 1)
}

/**
 * Targets drawn from a network's own likelihood at given parameters, which are then the truth: the realisable case.
 *
 * @param inputs `[samples, in]`, row-major
 * @param seed any integer; the same seed gives the same bits
 * @returns `[samples, out]` with unit Gaussian noise, or one class an output position
 * @example
 * import { buildNetwork, initialParameters, matrix, nodeBackend, presetRegistry, standardNormals } from '@dead-directions/dead-directions'
 * import { drawTargets } from '@dead-directions/llc'
 *
 * await nodeBackend.install()
 * const network = buildNetwork({
 *   input: [2],
 *   nodes: [{ name: 'map', primitive: 'linear', spec: { in: 2, out: 3 }, inputs: ['input'] }],
 *   output: 'map',
 *   likelihood: 'gaussian',
 * }, presetRegistry())
 * const { rows, cols } = await drawTargets(network, initialParameters(network, 1), matrix(5, 2, standardNormals(2, 10)), 3) // 5 × 3
 */
export async function drawTargets(network: Network, parameters: ParameterValues, inputs: Matrix, seed: number): Promise<Matrix> {
  const tensors = parameterTensors(parameters)
  const output = tf.tidy(() => forward(network, tensors, exactTensor(inputs.data, [inputs.rows, ...network.description.input])))
  const values = await exactData(output)
  tf.dispose([output, tensors])
  const random = randomStream(seed)
  const cols = targetColumns(network)
  if (network.description.likelihood === 'gaussian') return { rows: inputs.rows, cols, data: values.map(mean => mean + random.normal()) }
  const classes = network.outputShape.at(-1)!
  const data = Float64Array.from({ length: inputs.rows * cols }, (_, i) => drawClass(values.subarray(i * classes, (i + 1) * classes), random.uniform()))
  return { rows: inputs.rows, cols, data }
}

/** The class at which the cumulated probabilities of the logits pass `u`. */
function drawClass(logits: Float64Array, u: number): number {
  const largest = logits.reduce((a, b) => Math.max(a, b), -Infinity)
  const weights = logits.map(z => Math.exp(z - largest))
  let left = u * weights.reduce((a, b) => a + b, 0)
  const found = weights.findIndex(weight => (left -= weight) < 0)
  return found < 0 ? logits.length - 1 : found
}
