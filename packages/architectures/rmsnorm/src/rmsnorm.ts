import { exactTensor } from '@dead-directions/autodiff'
import { type Architecture, BadInput, defineArchitecture } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { canonicalApproach, deadChannel } from './approach.ts'
import { probes } from './probes.ts'
import { rate } from './rate.ts'
import { type RmsNormSpec, rmsnormSpec } from './spec.ts'

/**
 * Root-mean-square normalisation over the last axis, `γ x/rms(x)`: parameter `gamma` `[width]`.
 * It has no direction in which its output never varies, and a dead channel passes it (arXiv 2606.05957, row C8).
 *
 * @example
 * import { rmsnorm } from '@dead-directions/arch-rmsnorm'
 * rmsnorm.rate({ width: 4 }).composition.kind // 'routes'
 */
export const rmsnorm: Architecture<RmsNormSpec> = defineArchitecture<RmsNormSpec>({
  kind: 'architecture',
  name: 'rmsnorm',
  spec: rmsnormSpec,
  outputShape({ width }, inputs) {
    const [shape] = inputs
    if (inputs.length !== 1 || shape === undefined || shape.at(-1) !== width) {
      throw new BadInput('rmsnorm.inputs', inputs, `one input with ${width} features`)
    }
    return shape
  },
  parameters: ({ width }) => ({ gamma: { shape: [width], initial: { constant: 1 } } }),
  forward(_scope, { epsilon = 0 }, { gamma }, [input]) {
    const x = input as tf.Tensor
    const meanSquare = tf.mean(tf.square(x), -1, true)
    const rms = tf.sqrt(epsilon === 0 ? meanSquare : tf.add(meanSquare, exactTensor([epsilon], [])))
    return tf.mul(tf.div(x, rms), gamma as tf.Tensor)
  },
  rate,
  canonicalApproach,
  deadChannel,
  example: width => ({ width }),
  probes,
  writers: () => ({ rows: ['gamma'], kinds: ['rescaling'] }),
})
