import type { GaugeDeclaration } from '@dead-directions/registry'

/** A sum has no parameters for a group to act on; gauges of the stream appear between nodes. */
export function gauges(): readonly GaugeDeclaration[] {
  return []
}
