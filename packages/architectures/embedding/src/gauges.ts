import type { GaugeDeclaration } from '@dead-directions/registry'

/**
 * None: with learned positions one vector added to every token and taken from every position leaves the output, but that is
 * a translation, which no declared kind of group is; other gauges appear between nodes. Source: arXiv 2606.05957, row D1.
 */
export function gauges(): readonly GaugeDeclaration[] {
  return []
}
