import { type Architecture, BadInput, defineArchitecture } from '@dead-directions/registry'
import type * as tf from '@tensorflow/tfjs'
import { canonicalApproach, deadChannel } from './approach.ts'
import { convolve } from './convolve.ts'
import { gauges } from './gauges.ts'
import { rate } from './rate.ts'
import { type DepthwiseConvolutionSpec, depthwiseConvolutionSpec } from './spec.ts'

/**
 * A causal depthwise convolution over positions, then a linear map over features. Parameters `depthwise.weight`
 * `[width, kernel]` and `pointwise.weight` `[width, width]`; takes and gives `[samples, positions, width]`.
 *
 * @example
 * import { depthwiseConvolution } from '@dead-directions/example-depthwise-convolution'
 * import { createRegistry } from '@dead-directions/registry'
 * const registry = createRegistry().use(depthwiseConvolution)
 */
export const depthwiseConvolution: Architecture<DepthwiseConvolutionSpec> = defineArchitecture<DepthwiseConvolutionSpec>({
  kind: 'architecture',
  name: 'depthwise-convolution',
  spec: depthwiseConvolutionSpec,
  outputShape({ width }, inputs) {
    const [shape] = inputs
    if (inputs.length !== 1 || shape?.length !== 2 || shape[1] !== width) {
      throw new BadInput('depthwise-convolution.inputs', inputs, `one input of positions with ${width} features`)
    }
    return shape
  },
  parameters: ({ width, kernel }) => ({
    'depthwise.weight': { shape: [width, kernel], initial: { normal: 1 / Math.sqrt(kernel) } },
    'pointwise.weight': { shape: [width, width], initial: { normal: 1 / Math.sqrt(width) } },
  }),
  forward(scope, _spec, parameters, [input]) {
    const convolved = convolve(parameters['depthwise.weight'] as tf.Tensor2D, input as tf.Tensor3D)
    return scope.linear('pointwise', parameters['pointwise.weight'] as tf.Tensor2D, convolved)
  },
  rate,
  canonicalApproach,
  deadChannel,
  example: width => ({ width, kernel: 3 }),
  probes: width => [
    {
      title: 'depthwise convolution between linear maps',
      network: {
        input: [5, width],
        nodes: [
          { name: 'before', primitive: 'linear', spec: { in: width, out: width }, inputs: ['input'] },
          { name: 'mix', primitive: 'depthwise-convolution', spec: { width, kernel: 3 }, inputs: ['before'] },
          { name: 'behind', primitive: 'linear', spec: { in: width, out: width }, inputs: ['mix'] },
        ],
        output: 'behind',
        likelihood: 'gaussian',
      },
    },
  ],
  gauges,
})
