import type { Power, RateRule } from '@dead-directions/registry'
import { activations } from './activation.ts'
import { type MlpLayer, type MlpSpec, mlpLayers } from './spec.ts'

/**
 * One factor of the approach parameter per layer and the activation's slope at zero per smooth activation, in both directions;
 * a homogeneous activation adds one gate, a dead bias or an activation that is not zero at zero a cap.
 * Source: arXiv 2606.05957, rows C2, C5, C8.
 */
export function rate(spec: MlpSpec): RateRule {
  const layers = mlpLayers(spec)
  const offset = layers.reduce<Known | null>(pass, null)
  const gated = layers.some(layer => activations[layer.activation].symmetry === 'homogeneous')
  return {
    forward: layers.reduce<Known | null>(pass, { rate: 0, coefficient: 1 }) as Known,
    backward: {
      rate: layers.length,
      coefficient: layers.reduce((product, layer) => product * activations[layer.activation].slopeAtZero, 1),
    },
    composition: offset !== null ? { kind: 'capped', offset } : { kind: gated ? 'gated' : 'additive' },
  }
}

type Known = Power & { readonly coefficient: number }

/** The dead amplitude behind one layer, from that before it; `null` is no amplitude at all. */
function pass(before: Known | null, layer: MlpLayer): Known | null {
  const { valueAtZero, slopeAtZero } = activations[layer.activation]
  const weighted = before === null ? null : { rate: before.rate + 1, coefficient: before.coefficient }
  const bias = layer.bias ? { rate: 1, coefficient: 1 } : null
  const sum = addPowers(weighted, bias)
  if (valueAtZero !== 0) return { rate: 0, coefficient: valueAtZero }
  return sum === null ? null : { rate: sum.rate, coefficient: sum.coefficient * slopeAtZero }
}

function addPowers(a: Known | null, b: Known | null): Known | null {
  if (a === null || b === null) return a ?? b
  if (a.rate === b.rate) return { rate: a.rate, coefficient: a.coefficient + b.coefficient }
  return a.rate < b.rate ? a : b
}
