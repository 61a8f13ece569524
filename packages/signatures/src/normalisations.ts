import type { Network, NetworkNode } from '@dead-directions/network'

/** A normalisation of a network, by its scales. */
export interface Normalisation {
  /** Full name of its scales. */
  readonly parameter: string
  /** What the network says it is. */
  readonly declared: 'layernorm' | 'rmsnorm'
  /** The layer whose input, or the node whose value, is its output; null where it is seen by itself nowhere. */
  readonly seenAt: string | null
}

/**
 * Every normalisation of a network: nodes that are one, and those inside a block, which are seen in the linear map that reads them.
 * Source: arXiv 2606.19491, row F3.
 *
 * @example
 * import { transformerBlock } from '@dead-directions/arch-transformer'
 * import { nodeBackend } from '@dead-directions/backend-node'
 * import { buildNetwork } from '@dead-directions/network'
 * import { createRegistry } from '@dead-directions/registry'
 * import { normalisationsOf } from '@dead-directions/signatures'
 *
 * await nodeBackend.install()
 * const spec = { width: 4, hidden: 8, norm: 'layernorm', placement: 'pre', feedforward: 'mlp' }
 * const network = buildNetwork({
 *   input: [3, 4],
 *   nodes: [{ name: 'block', primitive: 'transformer-block', spec, inputs: ['input'] }],
 *   output: 'block',
 *   likelihood: 'gaussian',
 * }, createRegistry().use(transformerBlock))
 * normalisationsOf(network).map(({ seenAt }) => seenAt) // ['block.attention.q', 'block.feedforward.fc1']
 */
export function normalisationsOf(network: Network): readonly Normalisation[] {
  return network.nodes.flatMap(node => {
    const declared = declaredBy(node)
    if (declared === null) return []
    const names = Object.keys(node.architecture.parameters(node.spec)).map(name => `${node.name}.${name}`)
    return names.flatMap((parameter, at) => (isScale(parameter) ? [{ parameter, declared, seenAt: seenAt(network, node, names.slice(at + 1)) }] : []))
  })
}

function isScale(parameter: string): boolean {
  return parameter.endsWith('.gamma')
}

function declaredBy({ architecture, spec }: NetworkNode): Normalisation['declared'] | null {
  const named = [architecture.name, (spec as { readonly norm?: unknown }).norm]
  return (['layernorm', 'rmsnorm'] as const).find(norm => named.includes(norm)) ?? null
}

/** @param after names of the node's parameters that come after the scales, in the order of the forward pass */
function seenAt(network: Network, node: NetworkNode, after: readonly string[]): string | null {
  const next = after.find(name => isScale(name) || network.layers.some(({ weight }) => weight === name))
  if (next !== undefined) return network.layers.find(({ weight }) => weight === next)?.name ?? null
  const isWholeNode = !network.layers.some(({ name }) => name === node.name || name.startsWith(`${node.name}.`))
  return isWholeNode || (node.spec as { readonly placement?: unknown }).placement === 'post' ? node.name : null
}
