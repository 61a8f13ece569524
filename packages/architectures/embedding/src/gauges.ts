import type { GaugeDeclaration, Writers } from '@dead-directions/registry'
import type { EmbeddingSpec } from './spec.ts'

/** With learned positions, one vector added to every token and taken from every position. Source: arXiv 2606.05957, row D1. */
export function gauges({ width, positions }: EmbeddingSpec): readonly GaugeDeclaration[] {
  return positions === undefined ? [] : [{ kind: 'translation', rows: ['weight'], dualRows: ['position.weight'], columns: [], units: width }]
}

/** The output is a column of each map, or their sum. */
export function writers({ positions }: EmbeddingSpec): Writers {
  return { rows: positions === undefined ? ['weight'] : ['weight', 'position.weight'], kinds: ['general-linear'] }
}
