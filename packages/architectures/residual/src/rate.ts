import type { RateRule } from '@dead-directions/registry'
import type { ResidualSpec } from './spec.ts'

/**
 * No factor of the approach parameter along any input; where inputs meet the least rate wins, ties add their coefficients times the scales.
 * The backward rate at a node of a graph of weights and sums is then the shortest path to the output, weights of length 1 and skips of length 0.
 * Source: arXiv 2606.05957, row C8.
 */
export function rate(spec: ResidualSpec): RateRule {
  return {
    forward: { rate: 0, coefficient: 1 },
    backward: { rate: 0, coefficient: 1 },
    composition: { kind: 'sum', ...(spec.scales === undefined ? {} : { scales: spec.scales }) },
  }
}
