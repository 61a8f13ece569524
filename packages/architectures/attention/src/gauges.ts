import type { GaugeDeclaration } from '@dead-directions/registry'
import { attentionSizes, type AttentionSpec } from './spec.ts'

/**
 * Per head: any invertible map between values and output, and one of the queries undone by the keys, where rotary positions
 * leave only a rotation per frequency pair. Heads that share keys and values act on several slices at once, which a
 * declaration cannot say, and have none here.
 * Source: arXiv 2606.05957, row D1.
 */
export function gauges(spec: AttentionSpec): readonly GaugeDeclaration[] {
  const { heads, group, headWidth } = attentionSizes(spec)
  if (group > 1) return []
  const rowsOf = (layer: string): string[] => (spec.bias ? [`${layer}.weight`, `${layer}.bias`] : [`${layer}.weight`])
  return Array.from({ length: heads }, (_, head) => ({ units: headWidth, offset: head * headWidth })).flatMap((slots): GaugeDeclaration[] => [
    { kind: 'general-linear', rows: rowsOf('v'), columns: ['o.weight'], ...slots },
    { kind: spec.rope ? 'phase' : 'general-linear', rows: rowsOf('q'), dualRows: rowsOf('k'), columns: [], ...slots },
  ])
}
