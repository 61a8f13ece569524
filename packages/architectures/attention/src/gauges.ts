import type { GaugeDeclaration, UnitBlock, Writers } from '@dead-directions/registry'
import { attentionSizes, type AttentionSpec } from './spec.ts'

/**
 * Per key–value head, together with the query heads that share it: any invertible map between values and output, and one of
 * the queries undone by the keys, where rotary positions leave only a rotation per frequency pair. Heads change places, with
 * all that share them or inside their group. A key bias shifts all scores of a query alike, unless positions turn it.
 * Source: arXiv 2606.05957, row D1.
 */
export function gauges(spec: AttentionSpec): readonly GaugeDeclaration[] {
  const { keyValueHeads, group, headWidth } = attentionSizes(spec)
  const blocks = (layer: string, block: Omit<UnitBlock, 'parameter'>): UnitBlock[] => named(spec, layer).map(parameter => ({ parameter, ...block }))
  const perHead = Array.from({ length: keyValueHeads }, (_, head): readonly GaugeDeclaration[] => {
    const shared = { offset: head * headWidth }
    const queries = Array.from({ length: group }, (_, i) => ({ offset: (head * group + i) * headWidth }))
    const columns = queries.map(place => ({ parameter: 'o.weight', ...place }))
    const inGroup = { offset: head * group * headWidth, tile: headWidth }
    return [
      { kind: 'general-linear', rows: blocks('v', shared), columns, units: headWidth },
      { kind: spec.rope ? 'phase' : 'general-linear', rows: queries.flatMap(place => blocks('q', place)), dualRows: blocks('k', shared), columns: [], units: headWidth },
      ...(group > 1 ? [{ kind: 'permutation', rows: blocks('q', inGroup), columns: [{ parameter: 'o.weight', ...inGroup }], units: group } as const] : []),
    ]
  })
  const [whole, own] = [{ tile: group * headWidth }, { tile: headWidth }]
  const heads = { rows: [...blocks('q', whole), ...blocks('k', own), ...blocks('v', own)], columns: [{ parameter: 'o.weight', ...whole }], units: keyValueHeads }
  return [
    ...perHead.flat(),
    ...(keyValueHeads > 1 ? [{ kind: 'permutation', ...heads } as const] : []),
    ...(spec.bias && !spec.rope ? [{ kind: 'translation', rows: ['k.bias'], columns: [], units: keyValueHeads * headWidth } as const] : []),
  ]
}

/** The stream is seen through the maps to queries, keys and values only. */
export function readers(): readonly string[] {
  return ['q.weight', 'k.weight', 'v.weight']
}

/** The output is that of a linear map. */
export function writers(spec: AttentionSpec): Writers {
  return { rows: named(spec, 'o'), kinds: ['general-linear'] }
}

function named({ bias }: AttentionSpec, layer: string): readonly string[] {
  return bias ? [`${layer}.weight`, `${layer}.bias`] : [`${layer}.weight`]
}
