import { exactTensor } from '@dead-directions/autodiff'
import { type Architecture, BadInput, defineArchitecture } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { canonicalApproach, deadChannel } from './approach.ts'
import { kernels } from './kernel.ts'
import { probes } from './probes.ts'
import { rate } from './rate.ts'
import { type LayerNormSpec, layernormSpec } from './spec.ts'

/**
 * Layer normalisation over the last axis: parameters `gamma` `[width]` and, with `bias`, `beta` `[width]`.
 * Its output's centred covariance is zero along the inverse scales for any input, and a dead channel does not pass it
 * (arXiv 2606.05957, row C8).
 *
 * @example
 * import { layernorm } from '@dead-directions/arch-layernorm'
 * layernorm.rate({ width: 4 }).composition // { kind: 'reset' }
 */
export const layernorm: Architecture<LayerNormSpec> = defineArchitecture<LayerNormSpec>({
  kind: 'architecture',
  name: 'layernorm',
  spec: layernormSpec,
  outputShape({ width }, inputs) {
    const [shape] = inputs
    if (inputs.length !== 1 || shape === undefined || shape.at(-1) !== width) {
      throw new BadInput('layernorm.inputs', inputs, `one input with ${width} features`)
    }
    return shape
  },
  parameters: ({ width, bias }) => ({
    gamma: { shape: [width], initial: { constant: 1 } },
    ...(bias ? { beta: { shape: [width], initial: { constant: 0 } } } : {}),
  }),
  forward(_scope, { epsilon = 0 }, { gamma, beta }, [input]) {
    // Centred twice: what the first mean's rounding leaves is as large as the input's offset, not as its spread.
    const deviation = centred(centred(input as tf.Tensor))
    const variance = tf.mean(tf.square(deviation), -1, true)
    const scale = tf.sqrt(epsilon === 0 ? variance : tf.add(variance, exactTensor([epsilon], [])))
    const scaled = tf.mul(tf.div(deviation, scale), gamma as tf.Tensor)
    return beta === undefined ? scaled : tf.add(scaled, beta)
  },
  rate,
  canonicalApproach,
  deadChannel,
  example: width => ({ width }),
  probes,
  writers: ({ bias }) => ({ rows: bias ? ['gamma', 'beta'] : ['gamma'], kinds: ['rescaling'] }),
  kernels: (_spec, parameters) => kernels(parameters),
})

function centred(x: tf.Tensor): tf.Tensor {
  return tf.sub(x, tf.mean(x, -1, true))
}
