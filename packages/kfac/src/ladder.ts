import { fitLeadingRate, type RateFit, type RateRefusal } from '@dead-directions/core-geometry'
import { canonicalApproach, type Network, parameterTensors } from '@dead-directions/network'
import * as tf from '@tensorflow/tfjs'
import { type Fisher } from './cotangent.ts'
import { secondMoment } from './factors.ts'
import { layerData } from './layer-data.ts'

/** The measured rates of the dead entry of one layer's factors. */
export interface Rung {
  readonly layer: string
  readonly activation: RateFit | RateRefusal
  readonly gradient: RateFit | RateRefusal
  /** Second moments along the grid, in its order. */
  readonly activations: Float64Array
  readonly gradients: Float64Array
}

/**
 * The K-FAC ladder of a network on its canonical approach: how the dead entry of every layer's factors scales with `t`.
 * Source: arXiv 2606.05957, rows C2 and C3.
 *
 * @param inputs `[samples, ...input]`
 * @param grid values of the approach parameter, as `geometricGrid` gives them
 * @param dead index of the dead channel in every layer
 * @example
 * import { buildNetwork, exactTensor, geometricGrid, nodeBackend, presetRegistry, standardNormals } from '@dead-directions/dead-directions'
 * import { canonicalLadder } from '@dead-directions/kfac'
 *
 * await nodeBackend.install()
 * const network = buildNetwork({
 *   input: [3],
 *   nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [3, 3, 3], activation: 'tanh' }, inputs: ['input'] }],
 *   output: 'body',
 *   likelihood: 'gaussian',
 * }, presetRegistry())
 * const inputs = exactTensor(standardNormals(1, 60), [20, 3])
 * const rungs = await canonicalLadder(network, inputs, geometricGrid(1e-3, 0.1, 12), 2)
 * rungs.map(({ gradient }) => gradient.kind === 'rate' && Math.round(gradient.rate)) // [2, 0]
 */
export async function canonicalLadder(network: Network, inputs: tf.Tensor, grid: Float64Array, dead: number, fisher: Fisher = { kind: 'exact' }): Promise<readonly Rung[]> {
  const moments = network.layers.map(() => ({ activations: new Float64Array(grid.length), gradients: new Float64Array(grid.length) }))
  for (const [point, t] of grid.entries()) {
    const tensors = parameterTensors(canonicalApproach(network, t))
    const layers = await layerData(network, tensors, inputs, fisher)
    tf.dispose(tensors)
    layers.forEach(({ activations, gradients, layer }, i) => {
      const own = moments[i] as (typeof moments)[number]
      own.activations[point] = secondMoment(activations, axis(activations.cols, dead))
      own.gradients[point] = secondMoment(gradients, axis(layer.out, dead))
    })
  }
  return network.layers.map((layer, i) => {
    const { activations, gradients } = moments[i] as (typeof moments)[number]
    return { layer: layer.name, activation: fitLeadingRate(grid, activations), gradient: fitLeadingRate(grid, gradients), activations, gradients }
  })
}

function axis(size: number, index: number): Float64Array {
  return new Float64Array(size).fill(1, index, index + 1)
}
