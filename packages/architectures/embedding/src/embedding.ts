import { type Architecture, BadInput, defineArchitecture } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { canonicalApproach, deadChannel } from './approach.ts'
import { gauges, writers } from './gauges.ts'
import { probes } from './probes.ts'
import { rate } from './rate.ts'
import { type EmbeddingSpec, embeddingSpec } from './spec.ts'
import { oneHot } from './tokens.ts'

/**
 * The token embedding, first in a network: whole numbers `[samples, positions]` to `[samples, positions, width]`.
 * It is the linear map of one-hot tokens with `weight` `[width, vocabulary]`, a column for each token, and with learned
 * positions a second one, the layer `position`, of one-hot positions with `position.weight` `[width, positions]`.
 * Source of its rates: arXiv 2606.05957, row C8.
 *
 * @example
 * import { embedding } from '@dead-directions/arch-embedding'
 * embedding.outputShape({ vocabulary: 50, width: 8 }, [[16]]) // [16, 8]
 */
export const embedding: Architecture<EmbeddingSpec> = defineArchitecture<EmbeddingSpec>({
  kind: 'architecture',
  name: 'embedding',
  spec: embeddingSpec,
  outputShape(spec, inputs) {
    const [shape] = inputs
    const [length] = shape ?? []
    if (inputs.length !== 1 || shape?.length !== 1 || length === undefined || length > (spec.positions ?? Infinity)) {
      throw new BadInput('embedding.inputs', inputs, `one sequence of tokens${spec.positions === undefined ? '' : ` no longer than ${spec.positions}`}`)
    }
    return [length, spec.width]
  },
  parameters: spec => ({
    weight: { shape: [spec.width, spec.vocabulary], initial: { normal: 1 / Math.sqrt(spec.width) } },
    ...(spec.positions === undefined ? {} : { 'position.weight': { shape: [spec.width, spec.positions], initial: { normal: 1 / Math.sqrt(spec.width) } } }),
  }),
  forward(scope, spec, parameters, [input]) {
    const tokens = input as tf.Tensor
    const embedded = scope.linear('', parameters['weight'] as tf.Tensor2D, oneHot(spec, tokens))
    if (spec.positions === undefined) return embedded
    const [samples, length] = tokens.shape as [number, number]
    const places = tf.tile(tf.expandDims(tf.eye(length, spec.positions), 0), [samples, 1, 1])
    return tf.add(embedded, scope.linear('position', parameters['position.weight'] as tf.Tensor2D, places))
  },
  rate,
  canonicalApproach,
  deadChannel,
  example: width => ({ vocabulary: 2 * width, width }),
  probes,
  chain: spec =>
    spec.positions === undefined
      ? [{ layer: '', weight: 'weight', bias: null, activation: { name: 'identity', symmetry: 'linear', valueAtZero: 0, slopeAtZero: 1 } }]
      : [],
  gauges,
  writers,
})
