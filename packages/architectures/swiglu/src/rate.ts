import type { RateRule } from '@dead-directions/registry'
import type { SwigluSpec } from './spec.ts'

/**
 * The dead input enters through the gate and through its factor: `t³ x² σ(t x)`, leading `½ t³ x²`, under `silu` and likewise
 * under `gelu`. Under `relu` it is `t³ x²` for one sign of the input and exactly 0 for the other: the coefficient is 1 or 0,
 * by the data, and blocks behind the first halve no further moments.
 * Source: arXiv 2606.05957, row C8.
 */
export function rate(spec: SwigluSpec): RateRule {
  const power = { rate: 3, coefficient: spec.activation === 'relu' ? null : 1 / 2 }
  return { forward: power, backward: power, composition: { kind: 'quadratic' } }
}
