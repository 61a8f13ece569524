import type { GaugeDeclaration } from '@dead-directions/registry'

/** A single map has no interface of its own; gauges appear between nodes. */
export function gauges(): readonly GaugeDeclaration[] {
  return []
}
