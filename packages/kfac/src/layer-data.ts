import { exactData } from '@dead-directions/autodiff'
import type { Layer, Network } from '@dead-directions/network'
import { type Matrix, matrix } from '@dead-directions/linalg'
import * as tf from '@tensorflow/tfjs'
import { type Cotangent, cotangents, type Fisher } from './cotangent.ts'
import { type LayerTensors, tappedPass } from './tapped-pass.ts'

/** One layer's data matrices: their singular values are the roots of its factors' eigenvalues. */
export interface LayerData {
  readonly layer: Layer
  /** `[samples · positions, in]`, or `in + 1` with the constant 1 of its bias last, over the root of its rows: `A = activationsᵀ activations`. */
  readonly activations: Matrix
  /** `[passes · samples · positions, out]` over the root of the samples: `G = gradientsᵀ gradients`. */
  readonly gradients: Matrix
}

/**
 * Every layer's inputs and output gradients, read back in float64.
 * Source: arXiv 2606.05957, rows C1 and C9.
 *
 * @param parameters tensors by full name
 * @param inputs `[samples, ...input]`
 * @param fisher which gradients; the exact ones take one pass per output
 * @throws RangeError for exact gradients of a network with several positions per sample
 * @example
 * import { buildNetwork, exactTensor, initialParameters, nodeBackend, parameterTensors, presetRegistry, singularValues, standardNormals } from '@dead-directions/dead-directions'
 * import { layerData } from '@dead-directions/kfac'
 *
 * await nodeBackend.install()
 * const network = buildNetwork({
 *   input: [3],
 *   nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [3, 3, 3], activation: 'tanh' }, inputs: ['input'] }],
 *   output: 'body',
 *   likelihood: 'gaussian',
 * }, presetRegistry())
 * const tensors = parameterTensors(initialParameters(network, 1))
 * const inputs = exactTensor(standardNormals(2, 60), [20, 3])
 * const layers = await layerData(network, tensors, inputs, { kind: 'exact' })
 * layers.map(({ activations }) => singularValues(activations).length) // [3, 3]
 */
export async function layerData(
  network: Network,
  parameters: Readonly<Record<string, tf.Tensor>>,
  inputs: tf.Tensor,
  fisher: Fisher,
): Promise<readonly LayerData[]> {
  if (fisher.kind === 'exact' && network.outputShape.length !== 1) {
    throw new RangeError(`network output: got shape [${network.outputShape.join(', ')}] per sample, expected one vector`)
  }
  const samples = inputs.shape[0] as number
  const seeds = cotangents(network.description.likelihood, fisher, network.outputShape.at(-1) as number)
  const activations: Matrix[] = []
  const gradients: Float64Array[][] = network.layers.map(() => [])
  const together = passesTogether(network, samples)
  for (let first = 0; first < seeds.length; first += together) {
    const tensors = passOf(network, parameters, inputs, seeds.slice(first, first + together))
    for (const [i, layer] of network.layers.entries()) {
      const seen = tensors[i] as LayerTensors
      if (first === 0) activations.push(activationMatrix(layer, start(await exactData(seen.inputs), samples * entries(layer.positions) * layer.in)))
      gradients[i]?.push(await exactData(seen.gradients))
    }
    tf.dispose(tensors as unknown as tf.TensorContainer)
  }
  return network.layers.map((layer, i) => ({
    layer,
    activations: activations[i] as Matrix,
    gradients: stacked(gradients[i] as Float64Array[], layer.out, 1 / Math.sqrt(samples)),
  }))
}

/** Largest tensor, in entries, of passes made at once: kernels of small networks then cost more than calling them, and large ones stay in cache. */
const largestTensor = 2 ** 16

/** How many passes are made at once. */
function passesTogether({ layers }: Network, samples: number): number {
  const largest = Math.max(1, ...layers.map(layer => entries(layer.positions) * Math.max(layer.in, layer.out)))
  return Math.max(1, Math.floor(largestTensor / (samples * largest)))
}

/** One pass for several output gradients, as for that many copies of the inputs. */
function passOf(network: Network, parameters: Readonly<Record<string, tf.Tensor>>, inputs: tf.Tensor, seeds: readonly Cotangent[]): readonly LayerTensors[] {
  if (seeds.length === 1) return tappedPass(network, parameters, inputs, seeds[0] as Cotangent)
  const samples = inputs.shape[0] as number
  const copies = tf.tile(inputs, [seeds.length, ...inputs.shape.slice(1).map(() => 1)])
  try {
    return tappedPass(network, parameters, copies, outputs => {
      const one = tf.slice(outputs, 0, samples)
      return tf.concat(seeds.map(seed => seed(one)))
    })
  } finally {
    copies.dispose()
  }
}

/** The first so many values, without holding on to the others. */
function start(values: Float64Array, count: number): Float64Array {
  return values.length === count ? values : values.slice(0, count)
}

function entries(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}

function activationMatrix(layer: Layer, values: Float64Array): Matrix {
  const rows = values.length / layer.in
  const cols = layer.bias === null ? layer.in : layer.in + 1
  const scale = 1 / Math.sqrt(rows)
  if (layer.bias === null) return matrix(rows, cols, scaled(values, scale))
  const data = new Float64Array(rows * cols).fill(scale)
  for (let i = 0; i < rows; i++) for (let j = 0; j < layer.in; j++) data[i * cols + j] = (values[i * layer.in + j] as number) * scale
  return matrix(rows, cols, data)
}

function stacked(parts: readonly Float64Array[], cols: number, scale: number): Matrix {
  const data = scaled(parts.length === 1 ? (parts[0] as Float64Array) : joined(parts), scale)
  return matrix(data.length / cols, cols, data)
}

/** The array itself, each entry times the scale. */
function scaled(values: Float64Array, scale: number): Float64Array {
  for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) * scale
  return values
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const data = new Float64Array(parts.reduce((total, part) => total + part.length, 0))
  let at = 0
  for (const part of parts) {
    data.set(part, at)
    at += part.length
  }
  return data
}
