import type { ActivationFacts } from '@dead-directions/registry'
import type { Network } from './network.ts'

/** One affine map of a chain, with full names. */
export interface ChainMap {
  readonly node: string
  readonly layer: string
  readonly weight: string
  readonly bias: string | null
  readonly in: number
  readonly out: number
  /** What follows it. */
  readonly activation: ActivationFacts
}

/** Affine maps that follow each other with nothing but elementwise maps between. */
export interface Chain {
  readonly maps: readonly ChainMap[]
  /** Whether it starts at the network's input and ends at its output, so that it is the whole network. */
  readonly whole: boolean
}

/**
 * The network's longest chains of affine maps: nodes whose primitive is such a chain, joined where one feeds only the next.
 */
export function chainsOf(network: Network): readonly Chain[] {
  const readers = (name: string): number => network.nodes.filter(node => node.inputs.includes(name)).length
  const chains: { maps: ChainMap[]; first: string; last: string }[] = []
  for (const node of network.nodes) {
    const maps = node.architecture.chain?.(node.spec).map(map => chainMap(network, node.name, map)) ?? []
    const [from] = node.inputs as [string]
    const before = chains.find(chain => chain.last === from)
    if (maps.length === 0) continue
    if (before !== undefined && readers(from) === 1 && from !== network.description.output) {
      before.maps.push(...maps)
      before.last = node.name
    } else {
      chains.push({ maps, first: from, last: node.name })
    }
  }
  return chains.map(({ maps, first, last }) => ({
    maps,
    whole: first === 'input' && last === network.description.output && network.nodes.length === nodesIn(maps),
  }))
}

function nodesIn(maps: readonly ChainMap[]): number {
  return new Set(maps.map(map => map.node)).size
}

function chainMap(
  network: Network,
  node: string,
  map: { layer: string; weight: string; bias: string | null; activation: ActivationFacts },
): ChainMap {
  const weight = `${node}.${map.weight}`
  const [out, inputs] = network.parameters[weight]?.shape as [number, number]
  return {
    node,
    layer: map.layer === '' ? node : `${node}.${map.layer}`,
    weight,
    bias: map.bias === null ? null : `${node}.${map.bias}`,
    in: inputs,
    out,
    activation: map.activation,
  }
}
