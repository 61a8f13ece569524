import { exactTensor } from '@dead-directions/autodiff'
import type { Matrix } from '@dead-directions/linalg'
import { forward, type Network, parameterTensors, type ParameterValues } from '@dead-directions/network'
import { BadInput } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import type { Landscape } from './landscape.ts'
import { targetColumns } from './targets.ts'
import { tensorLandscape } from './tensor-landscape.ts'

/** A network at w* and its data. */
export interface NetworkData {
  readonly network: Network
  readonly parameters: ParameterValues
  /** `[samples, in]`, row-major. */
  readonly inputs: Matrix
  /** `[samples, out]`, or for a categorical likelihood one class an output position. */
  readonly targets: Matrix
}

/**
 * The landscape of a network's negative log-likelihood on its data, over all its parameters: `½ |y - f(x)|²` for a Gaussian of unit
 * variance (up to a constant), `-log p(y | x)` for classes. On the active backend.
 *
 * @throws BadInput when inputs or targets do not fit the network or each other, or a class is none of the network's
 * @example
 * import { buildNetwork, exactData, initialParameters, matrix, nodeBackend, presetRegistry, standardNormals } from '@dead-directions/dead-directions'
 * import { drawTargets, localLearningCoefficient, networkLandscape } from '@dead-directions/llc'
 *
 * await nodeBackend.install()
 * const network = buildNetwork({
 *   input: [2],
 *   nodes: [{ name: 'map', primitive: 'linear', spec: { in: 2, out: 1, bias: false }, inputs: ['input'] }],
 *   output: 'map',
 *   likelihood: 'gaussian',
 * }, presetRegistry())
 * const parameters = initialParameters(network, 1)
 * const inputs = matrix(100, 2, standardNormals(2, 200))
 * const targets = await drawTargets(network, parameters, inputs, 3)
 * const landscape = await networkLandscape({ network, parameters, inputs, targets })
 * const result = await localLearningCoefficient(landscape, { draws: 100 })
 */
export async function networkLandscape({ network, parameters, inputs, targets }: NetworkData): Promise<Landscape> {
  checkData(network, inputs, targets)
  const names = Object.keys(parameters)
  const start = parameterTensors(parameters)
  const loss = (own: readonly tf.Tensor[], batch: Int32Array | null): tf.Tensor => {
    const x = rowsOf(inputs, batch)
    const y = rowsOf(targets, batch)
    const outputs = forward(network, Object.fromEntries(names.map((name, i) => [name, own[i]!])), exactTensor(x.data, [x.rows, ...network.description.input]))
    return negativeLogLikelihood(network, outputs, y)
  }
  return tensorLandscape({ loss, parameters: names.map(name => start[name]!), observations: inputs.rows }).finally(() => tf.dispose(start))
}

/** `[samples]`, positions of one sample summed. */
function negativeLogLikelihood({ description, outputShape }: Network, outputs: tf.Tensor, { rows, data }: Matrix): tf.Tensor {
  if (description.likelihood === 'gaussian') {
    const squares = tf.square(tf.sub(outputs, exactTensor(data, [rows, ...outputShape])))
    return tf.mul(0.5, tf.sum(tf.reshape(squares, [rows, -1]), 1))
  }
  const classes = outputShape.at(-1)!
  // A mask in place of `tf.oneHot`, whose tensor and gradient are float32.
  const mask = new Float64Array(data.length * classes)
  data.forEach((own, i) => (mask[i * classes + own] = 1))
  const logits = tf.reshape(outputs, [-1, classes])
  const chosen = tf.sum(tf.mul(tf.logSoftmax(logits as tf.Tensor2D), exactTensor(mask, [data.length, classes])), 1)
  return tf.neg(tf.sum(tf.reshape(chosen, [rows, -1]), 1))
}

function rowsOf(all: Matrix, batch: Int32Array | null): Matrix {
  if (batch === null) return all
  const data = new Float64Array(batch.length * all.cols)
  batch.forEach((row, i) => data.set(all.data.subarray(row * all.cols, (row + 1) * all.cols), i * all.cols))
  return { rows: batch.length, cols: all.cols, data }
}

function checkData(network: Network, inputs: Matrix, targets: Matrix): void {
  const width = network.description.input.reduce((product, n) => product * n, 1)
  const columns = targetColumns(network)
  if (inputs.cols !== width) throw new BadInput('inputs columns', inputs.cols, `${width}, as the network reads`)
  if (targets.rows !== inputs.rows) throw new BadInput('targets rows', targets.rows, `${inputs.rows}, one for each input`)
  if (targets.cols !== columns) throw new BadInput('targets columns', targets.cols, `${columns}, as the network's likelihood takes`)
  if (network.description.likelihood === 'gaussian') return
  const classes = network.outputShape.at(-1)!
  const wrong = targets.data.find(own => !Number.isInteger(own) || own < 0 || own >= classes)
  if (wrong !== undefined) throw new BadInput('targets', wrong, `a class from 0 to ${classes - 1}`)
}
