import type { GaugeDeclaration } from '@dead-directions/registry'

/**
 * None: a single map has no interface of its own. The shift of all logits by one number is a translation that every
 * network with a categorical likelihood has; it belongs to the likelihood, not to this map. Source: arXiv 2606.05957, row D1(i).
 */
export function gauges(): readonly GaugeDeclaration[] {
  return []
}
