import { type Architecture, BadInput, defineArchitecture, type Scope } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { canonicalApproach, deadChannel } from './approach.ts'
import { gauges, writers } from './gauges.ts'
import { kernels } from './kernel.ts'
import { branchesOf, ownOf, type Part, prefixed } from './parts.ts'
import { probes } from './probes.ts'
import { rate } from './rate.ts'
import { type TransformerBlockSpec, transformerBlockSpec } from './spec.ts'

/**
 * A transformer block on `[samples, positions, width]`: attention `A`, then a feed-forward map `F`, round a residual stream.
 * With a normalisation `N` before (`pre`, `x + A(N(x))`), behind (`post`, `N(x + A(x))`) or on both sides of the branch
 * (`peri`, `x + N(A(N(x)))`).
 * Parameters are those of the parts `norm1`, `attention`, `norm2`, `feedforward` and, with `peri`, `outputNorm1` and `outputNorm2`.
 * Source of its rates: arXiv 2606.05957, rows C7 and C8.
 *
 * @example
 * import { transformerBlock } from '@dead-directions/arch-transformer'
 * const spec = { width: 8, hidden: 32, norm: 'rmsnorm', placement: 'pre', feedforward: 'swiglu' } as const
 * transformerBlock.parameters(spec)['feedforward.down.weight']?.shape // [8, 32]
 */
export const transformerBlock: Architecture<TransformerBlockSpec> = defineArchitecture<TransformerBlockSpec>({
  kind: 'architecture',
  name: 'transformer-block',
  spec: transformerBlockSpec,
  outputShape({ width }, inputs) {
    const [shape] = inputs
    if (inputs.length !== 1 || shape?.length !== 2 || shape[1] !== width) {
      throw new BadInput('transformer-block.inputs', inputs, `one input of shape [positions, ${width}]`)
    }
    return shape
  },
  parameters: spec => prefixed(spec, part => part.architecture.parameters(part.spec)),
  forward(scope, spec, parameters, [input]) {
    const run = (parts: readonly Part[], x: tf.Tensor): tf.Tensor =>
      parts.reduce((value, part) => part.architecture.forward(inside(scope, part), part.spec, ownOf(part, parameters), [value]), x)
    return branchesOf(spec).reduce((x, branch) => run(branch.after, tf.add(x, run(branch.inside, x))), input as tf.Tensor)
  },
  rate,
  canonicalApproach,
  deadChannel,
  example: width => ({ width, hidden: 2 * width, norm: 'layernorm', placement: 'pre', feedforward: 'mlp' }),
  probes,
  gauges,
  writers,
  kernels,
})

function inside(scope: Scope, part: Part): Scope {
  return { linear: (name, ...map) => scope.linear(name === '' ? part.name : `${part.name}.${name}`, ...map) }
}
