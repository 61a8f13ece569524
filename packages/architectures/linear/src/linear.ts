import { type Architecture, BadInput, defineArchitecture } from '@dead-directions/registry'
import type * as tf from '@tensorflow/tfjs'
import { type Type, type } from 'arktype'
import { canonicalApproach, deadChannel } from './approach.ts'
import { rate } from './rate.ts'

/** Configuration of a linear map `x ↦ W x + b`. */
export interface LinearSpec {
  readonly in: number
  readonly out: number
  /** Default `false`. */
  readonly bias?: boolean
}

/** Schema of {@link LinearSpec}. */
export const linearSpec: Type<LinearSpec> = type({
  '+': 'reject',
  in: 'number.integer >= 1',
  out: 'number.integer >= 1',
  'bias?': 'boolean',
}) as unknown as Type<LinearSpec>

/**
 * The linear primitive: parameters `weight` `[out, in]` and, with `bias`, `bias` `[out]`. One layer, named as its node.
 * Its dead channel passes at rate 1 in both directions (arXiv 2606.05957, rows C2, C8).
 *
 * @example
 * import { linear } from '@dead-directions/arch-linear'
 * import { createRegistry } from '@dead-directions/registry'
 * const registry = createRegistry().use(linear)
 */
export const linear: Architecture<LinearSpec> = defineArchitecture<LinearSpec>({
  kind: 'architecture',
  name: 'linear',
  spec: linearSpec,
  outputShape(spec, inputs) {
    const [shape] = inputs
    if (inputs.length !== 1 || shape === undefined || shape.at(-1) !== spec.in) {
      throw new BadInput('linear.inputs', inputs, `one input with ${spec.in} features`)
    }
    return [...shape.slice(0, -1), spec.out]
  },
  parameters: spec => ({
    weight: { shape: [spec.out, spec.in], initial: { normal: 1 / Math.sqrt(spec.in) } },
    ...(spec.bias ? { bias: { shape: [spec.out], initial: { constant: 0 } } } : {}),
  }),
  forward: (scope, _spec, parameters, [input]) =>
    scope.linear('', parameters['weight'] as tf.Tensor2D, input as tf.Tensor, parameters['bias'] as tf.Tensor1D | undefined),
  rate,
  canonicalApproach,
  deadChannel,
  example: width => ({ in: width, out: width }),
  chain: spec => [
    {
      layer: '',
      weight: 'weight',
      bias: spec.bias ? 'bias' : null,
      activation: { name: 'identity', symmetry: 'linear', valueAtZero: 0, slopeAtZero: 1 },
    },
  ],
})
