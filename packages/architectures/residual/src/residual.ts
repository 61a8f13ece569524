import { exactTensor } from '@dead-directions/autodiff'
import { type Architecture, BadInput, defineArchitecture } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { canonicalApproach, deadChannel } from './approach.ts'
import { probes } from './probes.ts'
import { rate } from './rate.ts'
import { type ResidualSpec, residualSpec } from './spec.ts'

/**
 * The residual sum `y = Σᵢ sᵢ xᵢ` of inputs of one shape: the end of a skip connection. It has no parameters.
 * Its dead channel passes at rate 0 along every input in both directions, so that the shortest way through a graph wins
 * (arXiv 2606.05957, row C8).
 *
 * @example
 * import { linear } from '@dead-directions/arch-linear'
 * import { residual } from '@dead-directions/arch-residual'
 * import { createRegistry } from '@dead-directions/registry'
 * const registry = createRegistry().use(linear, residual)
 */
export const residual: Architecture<ResidualSpec> = defineArchitecture<ResidualSpec>({
  kind: 'architecture',
  name: 'residual',
  spec: residualSpec,
  outputShape(spec, inputs) {
    const [shape] = inputs
    if (inputs.length !== spec.inputs || shape === undefined || inputs.some(other => other.join() !== shape.join())) {
      throw new BadInput('residual.inputs', inputs, `${spec.inputs} inputs of one shape`)
    }
    return shape
  },
  parameters: () => ({}),
  forward: (_scope, spec, _parameters, inputs) => inputs.map((input, i) => scaled(input, spec.scales?.[i] ?? 1)).reduce((sum, term) => tf.add(sum, term)),
  rate,
  canonicalApproach,
  deadChannel,
  example: () => ({ inputs: 2 }),
  probes,
})

function scaled(input: tf.Tensor, scale: number): tf.Tensor {
  return scale === 1 ? input : tf.mul(input, exactTensor([scale], []))
}
