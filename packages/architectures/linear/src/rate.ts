import type { RateRule } from '@dead-directions/registry'
import type { LinearSpec } from './linear.ts'

/**
 * One factor of the approach parameter in either direction; a dead bias of order one in `t` caps longer chains at it.
 * Source: arXiv 2606.05957, rows C2 and C5.
 */
export function rate(spec: LinearSpec): RateRule {
  return {
    forward: { rate: 1, coefficient: 1 },
    backward: { rate: 1, coefficient: 1 },
    composition: spec.bias ? { kind: 'capped', offset: { rate: 1, coefficient: 1 } } : { kind: 'additive' },
  }
}
