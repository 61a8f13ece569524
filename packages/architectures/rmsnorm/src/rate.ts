import type { RateRule } from '@dead-directions/registry'

/**
 * A dead channel passes at order zero, divided by the living channels' size. Its gradient takes two routes:
 * `γ_h g_h/r`, and `-x_h Σ_j x_j γ_j g_j/(d r³)` from the living gradients in proportion to the dead input.
 * Source: arXiv 2606.05957, rows C7 and C8.
 */
export function rate(): RateRule {
  return {
    forward: { rate: 0, coefficient: null },
    backward: { rate: 0, coefficient: null },
    composition: { kind: 'routes', throughInput: { rate: 0, coefficient: null } },
  }
}
