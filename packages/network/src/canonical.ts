import type { TensorData } from '@dead-directions/registry'
import type { Network } from './network.ts'
import type { ParameterValues } from './parameters.ts'

/**
 * Every node on its primitive's canonical approach at the same `t`: a dead channel that shrinks as `t` in every layer.
 * Source: arXiv 2606.05957, row C2.
 *
 * @param t approach parameter, positive
 */
export function canonicalApproach(network: Network, t: number): ParameterValues {
  if (!(t > 0)) throw new RangeError(`t: got ${t}, expected a positive number`)
  const entries = network.nodes.flatMap(node =>
    Object.entries(node.architecture.canonicalApproach(node.spec, t)).map(([name, value]): [string, TensorData] => [`${node.name}.${name}`, value]),
  )
  return Object.fromEntries(entries)
}
