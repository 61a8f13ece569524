import type { GaugeDeclaration, Writers } from '@dead-directions/registry'
import type { SwigluSpec } from './spec.ts'

/**
 * Rescalings of a hidden unit's up row against its down column, of its gate row too where the gate is homogeneous, and
 * permutations of the hidden units.
 * Source: arXiv 2606.05957, row D1.
 */
export function gauges(spec: SwigluSpec): readonly GaugeDeclaration[] {
  const hidden = { columns: ['down.weight'], units: spec.hidden }
  const rescaled = spec.activation === 'relu' ? ['up.weight', 'gate.weight'] : ['up.weight']
  return [
    ...rescaled.map((rows): GaugeDeclaration => ({ kind: 'rescaling', rows: [rows], ...hidden })),
    { kind: 'permutation', rows: ['gate.weight', 'up.weight'], ...hidden },
  ]
}

/** The input is seen through the gate's and the up map only. */
export function readers(): readonly string[] {
  return ['gate.weight', 'up.weight']
}

/** The output is that of a linear map. */
export function writers(): Writers {
  return { rows: ['down.weight'], kinds: ['general-linear'] }
}
