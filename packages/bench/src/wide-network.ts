import { mlp } from '@dead-directions/arch-mlp'
import { nodeBackend } from '@dead-directions/backend-node'
import { exactTensor } from '@dead-directions/dead-directions'
import { matrix, type Matrix } from '@dead-directions/linalg'
import { buildNetwork, forward, initialParameters, type Network, parameterTensors, type ParameterValues, standardNormals } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'

/** A relu perceptron and its inputs. */
export interface WideNetwork {
  readonly network: Network
  readonly parameters: ParameterValues
  readonly inputs: Matrix
}

export interface WideNetworkSize {
  /** inputs and outputs of each layer */
  readonly width: number
  readonly layers: number
  readonly samples: number
}

/** Four layers of 256 × 256 weights and 1,024 inputs: what `kfac-pass` and `readout` are timed on. */
export const wide: WideNetworkSize = { width: 256, layers: 4, samples: 1024 }

/** A relu perceptron of square layers with normal weights and inputs, on the float64 backend, which this installs. */
export async function wideNetwork({ width, layers, samples }: WideNetworkSize): Promise<WideNetwork> {
  await nodeBackend.install()
  const spec = { widths: Array.from({ length: layers + 1 }, () => width), activation: 'relu', bias: false }
  const network = buildNetwork(
    { input: [width], nodes: [{ name: 'body', primitive: 'mlp', spec, inputs: ['input'] }], output: 'body', likelihood: 'gaussian' },
    createRegistry().use(mlp),
  )
  return { network, parameters: initialParameters(network, 1), inputs: matrix(samples, width, standardNormals(2, samples * width)) }
}

/** One forward and one backward pass: the gradient for every weight of the mean squared error. */
export function forwardBackward({ network, parameters, inputs }: WideNetwork): () => void {
  const names = Object.keys(parameters)
  const weights = Object.values(parameterTensors(parameters))
  const sample = exactTensor(inputs.data, [inputs.rows, inputs.cols])
  const targets = tf.zeros([inputs.rows, ...network.outputShape])
  const gradients = tf.grads((...moved: tf.Tensor[]) => {
    const outputs = forward(network, Object.fromEntries(names.map((name, i) => [name, moved[i]!])), sample)
    return tf.mean(tf.squaredDifference(outputs, targets))
  })
  return () => tf.dispose(gradients(weights))
}
