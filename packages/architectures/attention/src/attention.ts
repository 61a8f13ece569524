import { type Architecture, BadInput, defineArchitecture, type ParameterSpec } from '@dead-directions/registry'
import type * as tf from '@tensorflow/tfjs'
import { canonicalApproach, deadChannel } from './approach.ts'
import { attend } from './attend.ts'
import { gauges, readers, writers } from './gauges.ts'
import { probes } from './probes.ts'
import { rate } from './rate.ts'
import { attentionSizes, type AttentionSpec, attentionSpec } from './spec.ts'

/**
 * Multi-head softmax self-attention on `[samples, positions, width]`: linear maps `q`, `k`, `v`, `o`.
 * Parameters `q.weight` `[heads · headWidth, width]`, `k.weight` and `v.weight` `[keyValueHeads · headWidth, width]`,
 * `o.weight` `[width, heads · headWidth]` and, with biases, one `.bias` for each.
 * Source of its rates: arXiv 2606.05957, row C8.
 *
 * @example
 * import { attention } from '@dead-directions/arch-attention'
 * attention.parameters({ width: 8, heads: 4, keyValueHeads: 2 })['k.weight']?.shape // [4, 8]
 */
export const attention: Architecture<AttentionSpec> = defineArchitecture<AttentionSpec>({
  kind: 'architecture',
  name: 'attention',
  spec: attentionSpec,
  outputShape({ width }, inputs) {
    const [shape] = inputs
    if (inputs.length !== 1 || shape?.length !== 2 || shape[1] !== width) {
      throw new BadInput('attention.inputs', inputs, `one input of shape [positions, ${width}]`)
    }
    return shape
  },
  parameters(spec) {
    const { width, heads, keyValueHeads, headWidth } = attentionSizes(spec)
    const [slots, shared] = [heads * headWidth, keyValueHeads * headWidth]
    const maps = { q: [slots, width], k: [shared, width], v: [shared, width], o: [width, slots] } as const
    return Object.fromEntries(
      Object.entries(maps).flatMap(([name, [out, from]]): [string, ParameterSpec][] => [
        [`${name}.weight`, { shape: [out, from], initial: { normal: 1 / Math.sqrt(from) } }],
        ...(spec.bias ? [[`${name}.bias`, { shape: [out], initial: { constant: 0 } }] as [string, ParameterSpec]] : []),
      ]),
    )
  },
  forward(scope, spec, parameters, [input]) {
    const layer = (name: string, x: tf.Tensor): tf.Tensor3D =>
      scope.linear(name, parameters[`${name}.weight`] as tf.Tensor2D, x, parameters[`${name}.bias`] as tf.Tensor1D | undefined) as tf.Tensor3D
    const x = input as tf.Tensor
    return layer('o', attend(spec, layer('q', x), layer('k', x), layer('v', x)))
  },
  rate,
  canonicalApproach,
  deadChannel,
  example: width => ({ width }),
  probes,
  gauges,
  readers,
  writers,
})
