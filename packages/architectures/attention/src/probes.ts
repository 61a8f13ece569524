import type { NodeDescription, ProbeStudy } from '@dead-directions/registry'

const positions = 3

/**
 * Chains of four and six blocks, whose gradient rates fall from the score route's to the value–output route's as the node
 * climbs, and a chain that ends in one more linear map, which shifts the latter.
 * Source: arXiv 2606.05957, row C8.
 */
export function probes(width: number): readonly ProbeStudy[] {
  const block = ['attention', { width }] as const
  const last = ['linear', { in: width, out: width }] as const
  return [
    chain('four attention blocks', width, Array.from({ length: 4 }, () => block)),
    chain('six attention blocks', width, Array.from({ length: 6 }, () => block)),
    chain('four attention blocks and a linear map', width, [...Array.from({ length: 4 }, () => block), last]),
  ]
}

function chain(title: string, width: number, blocks: readonly (readonly [primitive: string, spec: Readonly<Record<string, unknown>>])[]): ProbeStudy {
  const nodes = blocks.map(([primitive, spec], i): NodeDescription => {
    return { name: `block${i + 1}`, primitive, spec, inputs: [i === 0 ? 'input' : `block${i}`] }
  })
  return { title, network: { input: [positions, width], nodes, output: `block${blocks.length}`, likelihood: 'gaussian' } }
}
