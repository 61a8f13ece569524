import type { Network } from '@dead-directions/network'
import type * as tf from '@tensorflow/tfjs'
import type { Gauge } from './gauge.ts'
import { modelGauges } from './model-gauges.ts'
import { networkGauges } from './network-gauges.ts'

/**
 * Every gauge of a network: inside its nodes, between what writes a node's output and what alone reads it (the scales of a
 * normalisation and the linear maps behind it, say), and the logit shift of a categorical head. Or of a TensorFlow.js model that
 * is one sequence of dense and activation layers, by the names of its variables, whose kernels are `[in, out]`; a last softmax
 * brings the logit shift. Source: arXiv 2606.05957, rows C6 and D1.
 *
 * @throws BadInput for a model with a layer of another class, or one that is read more than once
 * @example
 * import { mlp } from '@dead-directions/arch-mlp'
 * import { nodeBackend } from '@dead-directions/backend-node'
 * import { buildNetwork } from '@dead-directions/network'
 * import { findGauges } from '@dead-directions/quotient'
 * import { createRegistry } from '@dead-directions/registry'
 * import * as tf from '@tensorflow/tfjs'
 *
 * await nodeBackend.install()
 * const network = buildNetwork({
 *   input: [4],
 *   nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [4, 3, 2], activation: 'relu' }, inputs: ['input'] }],
 *   output: 'body',
 *   likelihood: 'categorical',
 * }, createRegistry().use(mlp))
 * findGauges(network).map(gauge => gauge.label) // ['rescaling behind body.fc1', 'permutation behind body.fc1', 'logit shift of body.fc2.weight']
 *
 * const model = tf.sequential({ layers: [
 *   tf.layers.dense({ inputShape: [4], units: 3, activation: 'relu', name: 'hidden' }),
 *   tf.layers.dense({ units: 2, activation: 'softmax', name: 'classes' }),
 * ] })
 * findGauges(model).map(gauge => gauge.label) // ['rescaling behind hidden', 'permutation behind hidden', 'logit shift of classes/kernel', 'logit shift of classes/bias']
 */
export function findGauges(of: Network | tf.LayersModel): readonly Gauge[] {
  return 'description' in of ? networkGauges(of) : modelGauges(of)
}
