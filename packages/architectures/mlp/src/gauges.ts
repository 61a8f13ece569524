import type { GaugeDeclaration } from '@dead-directions/registry'
import { activations } from './activation.ts'
import { type MlpSpec, mlpLayers } from './spec.ts'

const kinds = { linear: 'general-linear', homogeneous: 'rescaling', odd: 'sign', none: null } as const

/**
 * Between two layers: permutations of the units always; the general linear group across no activation,
 * positive rescalings across a homogeneous one, signs across an odd one.
 * Source: arXiv 2606.05957, row D1.
 */
export function gauges(spec: MlpSpec): readonly GaugeDeclaration[] {
  const layers = mlpLayers(spec)
  return layers.slice(0, -1).flatMap((layer, i): GaugeDeclaration[] => {
    const rows = [`${layer.name}.weight`, ...(layer.bias ? [`${layer.name}.bias`] : [])]
    const interfaceOf = { rows, columns: [`${layers[i + 1]?.name}.weight`], units: layer.out }
    const kind = kinds[activations[layer.activation].symmetry]
    const permutation: GaugeDeclaration = { kind: 'permutation', ...interfaceOf }
    return kind === null ? [permutation] : kind === 'general-linear' ? [{ kind, ...interfaceOf }] : [{ kind, ...interfaceOf }, permutation]
  })
}
