import type { RateRule } from '@dead-directions/registry'

/**
 * On the canonical approach the dead output is `t · (t x)`, and the gradient goes the same way back.
 * Source: arXiv 2606.05957, rows C2 and C7.
 */
export function rate(): RateRule {
  return {
    forward: { rate: 2, coefficient: 1 },
    backward: { rate: 2, coefficient: 1 },
    composition: { kind: 'additive' },
  }
}
