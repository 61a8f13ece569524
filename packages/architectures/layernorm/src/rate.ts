import type { RateRule } from '@dead-directions/registry'

/**
 * The mean and the variance of the living channels leak into the dead one at order zero, in both directions:
 * what stands before is forgotten forward, what stands behind backward. Source: arXiv 2606.05957, row C8.
 */
export function rate(): RateRule {
  return {
    forward: { rate: 0, coefficient: null },
    backward: { rate: 0, coefficient: null },
    composition: { kind: 'reset' },
  }
}
