import type { GaugeDeclaration } from '@dead-directions/registry'
import type { LinearSpec } from './linear.ts'

/** A single map has no interface of its own; gauges appear between nodes. */
export function gauges(_spec: LinearSpec): readonly GaugeDeclaration[] {
  return []
}
