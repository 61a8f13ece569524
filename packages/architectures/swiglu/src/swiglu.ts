import { type Architecture, BadInput, defineArchitecture, type ParameterSpec } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { canonicalApproach, deadChannel } from './approach.ts'
import { gates } from './gate.ts'
import { gauges, readers, writers } from './gauges.ts'
import { rate } from './rate.ts'
import { type SwigluSpec, swigluSpec } from './spec.ts'

/**
 * The gated feed-forward block `W_down (φ(W_gate x) ⊙ W_up x)`: linear maps `gate`, `up`, `down`.
 * Parameters `gate.weight` and `up.weight` `[hidden, width]`, `down.weight` `[width, hidden]`.
 * Source of its rates: arXiv 2606.05957, row C8.
 *
 * @example
 * import { swiglu } from '@dead-directions/arch-swiglu'
 * swiglu.parameters({ width: 4, hidden: 6 })['down.weight']?.shape // [4, 6]
 */
export const swiglu: Architecture<SwigluSpec> = defineArchitecture<SwigluSpec>({
  kind: 'architecture',
  name: 'swiglu',
  spec: swigluSpec,
  outputShape({ width }, inputs) {
    const [shape] = inputs
    if (inputs.length !== 1 || shape === undefined || shape.at(-1) !== width) {
      throw new BadInput('swiglu.inputs', inputs, `one input with ${width} features`)
    }
    return shape
  },
  parameters({ width, hidden }) {
    const into: ParameterSpec = { shape: [hidden, width], initial: { normal: 1 / Math.sqrt(width) } }
    return { 'gate.weight': into, 'up.weight': into, 'down.weight': { shape: [width, hidden], initial: { normal: 1 / Math.sqrt(hidden) } } }
  },
  forward(scope, spec, parameters, [input]) {
    const layer = (name: string, x: tf.Tensor): tf.Tensor => scope.linear(name, parameters[`${name}.weight`] as tf.Tensor2D, x)
    const x = input as tf.Tensor
    return layer('down', tf.mul(gates[spec.activation ?? 'silu'](layer('gate', x)), layer('up', x)))
  },
  rate,
  canonicalApproach,
  deadChannel,
  example: width => ({ width, hidden: width }),
  gauges,
  readers,
  writers,
})
