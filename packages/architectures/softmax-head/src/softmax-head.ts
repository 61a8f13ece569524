import { type Architecture, BadInput, defineArchitecture } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { canonicalApproach, deadChannel } from './approach.ts'
import { probes } from './probes.ts'
import { rate } from './rate.ts'
import { type SoftmaxHeadSpec, softmaxHeadSpec } from './spec.ts'

/**
 * The softmax head: a linear map to class logits, last in a network whose likelihood is `categorical`.
 * Parameters `weight` `[classes, in]` and, with `bias`, `bias` `[classes]`. One layer, named as its node.
 * Its logits' Fisher information is `diag(p) - p pᵀ`, null exactly on constants (arXiv 2606.05957, rows C6, C8).
 *
 * @example
 * import { softmaxHead } from '@dead-directions/arch-softmax-head'
 * softmaxHead.parameters({ in: 4, classes: 10 })['weight']?.shape // [10, 4]
 */
export const softmaxHead: Architecture<SoftmaxHeadSpec> = defineArchitecture<SoftmaxHeadSpec>({
  kind: 'architecture',
  name: 'softmax-head',
  spec: softmaxHeadSpec,
  outputShape(spec, inputs) {
    const [shape] = inputs
    if (inputs.length !== 1 || shape === undefined || shape.at(-1) !== spec.in) {
      throw new BadInput('softmax-head.inputs', inputs, `one input with ${spec.in} features`)
    }
    if (spec.positions !== 'last') return [...shape.slice(0, -1), spec.classes]
    if (shape.length !== 2) throw new BadInput('softmax-head.inputs', inputs, `positions with ${spec.in} features, of which the last is read`)
    return [spec.classes]
  },
  parameters: spec => ({
    weight: { shape: [spec.classes, spec.in], initial: { normal: 1 / Math.sqrt(spec.in) } },
    ...(spec.bias ? { bias: { shape: [spec.classes], initial: { constant: 0 } } } : {}),
  }),
  forward: (scope, spec, parameters, [input]) =>
    scope.linear('', parameters['weight'] as tf.Tensor2D, spec.positions === 'last' ? lastPosition(input as tf.Tensor3D) : (input as tf.Tensor), parameters['bias'] as tf.Tensor1D | undefined),
  rate,
  canonicalApproach,
  deadChannel,
  example: width => ({ in: width, classes: width }),
  probes,
  chain: spec => [
    {
      layer: '',
      weight: 'weight',
      bias: spec.bias ? 'bias' : null,
      activation: { name: 'identity', symmetry: 'linear', valueAtZero: 0, slopeAtZero: 1 },
    },
  ],
})

function lastPosition(input: tf.Tensor3D): tf.Tensor2D {
  const [samples, positions, features] = input.shape
  return tf.reshape(tf.slice(input, [0, positions - 1, 0], [samples, 1, features]), [samples, features])
}
