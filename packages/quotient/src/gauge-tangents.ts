import type { Network, ParameterValues } from '@dead-directions/network'
import { findGauges } from './find-gauges.ts'
import type { Tangent } from './tangents.ts'

/** Tangents of one continuous gauge's orbit at given parameters, by parameter name. */
export interface GaugeTangents {
  readonly kind: string
  readonly tangents: readonly Tangent[]
}

/**
 * Generators of a network's continuous gauges at its parameters. Source: arXiv 2606.05957, rows C6 and D1.
 *
 * @example
 * import { mlp } from '@dead-directions/arch-mlp'
 * import { nodeBackend } from '@dead-directions/backend-node'
 * import { buildNetwork, initialParameters } from '@dead-directions/network'
 * import { gaugeTangents } from '@dead-directions/quotient'
 * import { createRegistry } from '@dead-directions/registry'
 *
 * await nodeBackend.install()
 * const network = buildNetwork({
 *   input: [4],
 *   nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [4, 3, 2], activation: 'relu' }, inputs: ['input'] }],
 *   output: 'body',
 *   likelihood: 'gaussian',
 * }, createRegistry().use(mlp))
 * gaugeTangents(network, initialParameters(network, 1)).map(({ tangents }) => tangents.length) // [3]
 */
export function gaugeTangents(network: Network, parameters: ParameterValues): readonly GaugeTangents[] {
  return findGauges(network)
    .map(gauge => ({ kind: gauge.label, tangents: gauge.tangents(parameters) }))
    .filter(({ tangents }) => tangents.length > 0)
}
