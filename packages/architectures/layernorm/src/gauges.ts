import type { GaugeDeclaration } from '@dead-directions/registry'

/** The scale of a channel trades with the next map's column, which belongs to another node; one node alone has no gauge. */
export function gauges(): readonly GaugeDeclaration[] {
  return []
}
