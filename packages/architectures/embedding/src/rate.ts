import type { RateRule } from '@dead-directions/registry'

/**
 * One factor of the approach parameter: that of the dead row. Tokens are never dead, so that the dead output is `t` times a number
 * that depends on which tokens and positions occur; no gradient goes on to them. Source: arXiv 2606.05957, rows C2 and C8.
 */
export function rate(): RateRule {
  return {
    forward: { rate: 1, coefficient: null },
    backward: { rate: 1, coefficient: null },
    composition: { kind: 'additive' },
  }
}
