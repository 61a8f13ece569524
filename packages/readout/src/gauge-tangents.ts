import { chainsOf, type Network, type ParameterValues } from '@dead-directions/network'
import type { TensorData } from '@dead-directions/registry'

/** Tangents of one continuous gauge's orbit at given parameters, by parameter name. */
export interface GaugeTangents {
  readonly kind: string
  readonly tangents: readonly Readonly<Record<string, Float64Array>>[]
}

/**
 * Generators of the continuous gauges that the primitives declare, of the linear interfaces between nodes,
 * and of the logit shift of a categorical head. Source: arXiv 2606.05957, rows C6 and D1.
 */
export function gaugeTangents(network: Network, parameters: ParameterValues): readonly GaugeTangents[] {
  const found: GaugeTangents[] = []
  for (const chain of chainsOf(network)) {
    chain.maps.slice(0, -1).forEach((map, at) => {
      const next = chain.maps[at + 1]
      if (next === undefined) return
      const pairs = pairsOf(map.activation.symmetry, map.out)
      if (pairs.length === 0) return
      const kind = `${map.activation.symmetry === 'linear' ? 'general linear' : 'rescaling'} behind ${map.layer}`
      found.push({ kind, tangents: pairs.map(([to, from]) => generator(parameters, map.weight, map.bias, next.weight, to, from)) })
    })
    const last = chain.maps.at(-1)
    if (network.description.likelihood === 'categorical' && chain.whole && last !== undefined) {
      found.push({ kind: 'logit shift', tangents: shifts(parameters, last.weight, last.bias) })
    }
  }
  return found
}

function pairsOf(symmetry: string, units: number): readonly (readonly [number, number])[] {
  const indices = Array.from({ length: units }, (_, i) => i)
  if (symmetry === 'homogeneous') return indices.map(i => [i, i] as const)
  return symmetry === 'linear' ? indices.flatMap(i => indices.map(j => [i, j] as const)) : []
}

/** `W ← (1 + ε e_to e_fromᵀ) W`, `W' ← W' (1 - ε e_to e_fromᵀ)`. */
function generator(parameters: ParameterValues, weight: string, bias: string | null, next: string, to: number, from: number): Record<string, Float64Array> {
  const { data, shape } = parameters[weight] as TensorData
  const following = parameters[next] as TensorData
  const columns = shape[1] as number
  const units = following.shape[1] as number
  const change = new Float64Array(data.length)
  change.set(data.subarray(from * columns, (from + 1) * columns), to * columns)
  const after = new Float64Array(following.data.length)
  for (let i = 0; i < (following.shape[0] as number); i++) after[i * units + from] = -(following.data[i * units + to] as number)
  const result: Record<string, Float64Array> = { [weight]: change, [next]: after }
  if (bias !== null) {
    const shift = new Float64Array(shape[0] as number)
    shift[to] = (parameters[bias] as TensorData).data[from] as number
    result[bias] = shift
  }
  return result
}

function shifts(parameters: ParameterValues, weight: string, bias: string | null): readonly Record<string, Float64Array>[] {
  const { data, shape } = parameters[weight] as TensorData
  const columns = shape[1] as number
  const perInput = Array.from({ length: columns }, (_, j) => ({ [weight]: data.map((_, i) => (i % columns === j ? 1 : 0)) }))
  return bias === null ? perInput : [...perInput, { [bias]: new Float64Array(shape[0] as number).fill(1) }]
}
