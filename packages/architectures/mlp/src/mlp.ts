import { type Architecture, BadInput, defineArchitecture } from '@dead-directions/registry'
import type * as tf from '@tensorflow/tfjs'
import { activations } from './activation.ts'
import { canonicalApproach, deadChannel } from './approach.ts'
import { rate } from './rate.ts'
import { type MlpLayer, type MlpSpec, mlpLayers, mlpSpec } from './spec.ts'

/**
 * The multilayer perceptron: affine maps `fc1`, `fc2`, … with an elementwise map behind each but the last.
 * Parameters `fcℓ.weight` `[widths[ℓ], widths[ℓ-1]]` and, with biases, `fcℓ.bias` `[widths[ℓ]]`.
 * Source of its rates: arXiv 2606.05957, rows C2–C5, C8.
 *
 * @example
 * import { mlp } from '@dead-directions/arch-mlp'
 * mlp.parameters({ widths: [4, 3, 1], activation: 'tanh' })['fc1.weight']?.shape // [3, 4]
 */
export const mlp: Architecture<MlpSpec> = defineArchitecture<MlpSpec>({
  kind: 'architecture',
  name: 'mlp',
  spec: mlpSpec,
  outputShape(spec, inputs) {
    const [shape] = inputs
    if (inputs.length !== 1 || shape === undefined || shape.at(-1) !== spec.widths[0]) {
      throw new BadInput('mlp.inputs', inputs, `one input with ${spec.widths[0]} features`)
    }
    return [...shape.slice(0, -1), spec.widths.at(-1) as number]
  },
  parameters: spec =>
    Object.fromEntries(
      mlpLayers(spec).flatMap(layer => [
        [`${layer.name}.weight`, { shape: [layer.out, layer.in], initial: { normal: 1 / Math.sqrt(layer.in) } }],
        ...(layer.bias ? [[`${layer.name}.bias`, { shape: [layer.out], initial: { constant: 0 } }]] : []),
      ]),
    ),
  forward: (scope, spec, parameters, [input]) =>
    mlpLayers(spec).reduce((x, layer) => forwardLayer(scope, layer, parameters, x), input as tf.Tensor),
  rate,
  canonicalApproach,
  deadChannel,
  example: width => ({ widths: [width, width, width], activation: 'tanh' }),
  chain: spec =>
    mlpLayers(spec).map(layer => ({
      layer: layer.name,
      weight: `${layer.name}.weight`,
      bias: layer.bias ? `${layer.name}.bias` : null,
      activation: activations[layer.activation],
    })),
})

function forwardLayer(scope: Parameters<typeof mlp.forward>[0], layer: MlpLayer, parameters: Readonly<Record<string, tf.Tensor>>, x: tf.Tensor): tf.Tensor {
  const weight = parameters[`${layer.name}.weight`] as tf.Tensor2D
  const bias = parameters[`${layer.name}.bias`] as tf.Tensor1D | undefined
  return activations[layer.activation].apply(scope.linear(layer.name, weight, x, bias))
}
