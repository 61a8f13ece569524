import type { RateRule } from '@dead-directions/registry'
import type { SoftmaxHeadSpec } from './spec.ts'

/**
 * One factor of the approach parameter in either direction, as any linear map; a dead bias of order one in `t` caps longer chains at it.
 * The softmax belongs to the likelihood: it bounds the gradient at the dead logit from below by a constant, and so changes no rate.
 * Source: arXiv 2606.05957, rows C2, C5 and C6.
 */
export function rate(spec: SoftmaxHeadSpec): RateRule {
  return {
    forward: { rate: 1, coefficient: 1 },
    backward: { rate: 1, coefficient: 1 },
    composition: spec.bias ? { kind: 'capped', offset: { rate: 1, coefficient: 1 } } : { kind: 'additive' },
  }
}
