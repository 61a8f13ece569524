import type { GaugeDeclaration } from '@dead-directions/registry'
import type { DepthwiseConvolutionSpec } from './spec.ts'

/**
 * Between the two maps every channel may be scaled, and turned round, on its own. Channels may not be exchanged or mixed:
 * kernel `c` reads feature `c` of the input. Source: arXiv 2606.05957, row D1.
 */
export function gauges({ width }: DepthwiseConvolutionSpec): readonly GaugeDeclaration[] {
  const between = { rows: ['depthwise.weight'], columns: ['pointwise.weight'], units: width }
  return [
    { kind: 'rescaling', ...between },
    { kind: 'sign', ...between },
  ]
}
