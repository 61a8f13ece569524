import { type Architecture, BadInput, type NetworkDescription, type NodeDescription, type ProbeStudy } from '@dead-directions/registry'

/** Positions of a sample, for primitives that read several. */
const POSITIONS = 3

/** How nodes of a primitive follow each other. */
export interface ChainForm {
  /** Shape of the network's input. */
  readonly input: readonly number[]
  /** Inputs of one node: the node before, and branches through a linear map of it. */
  readonly inputs: number
}

/**
 * The networks a plugin is measured on: chains of its example where its output can be its input, and its own probes.
 *
 * @param depths lengths of the chains
 */
export function studiesOf(plugin: Architecture, width: number, depths: readonly number[]): readonly ProbeStudy[] {
  const form = chainForm(plugin, width, plugin.example(width))
  const chains = form === null ? [] : depths.map(depth => ({ title: `${plugin.name} chain of ${depth}`, network: chainOf(plugin, form, plugin.example(width), depth) }))
  return [...chains, ...(plugin.probes?.(width) ?? [])]
}

/** How nodes with this configuration make a chain, or `null` when their output cannot be their input. */
export function chainForm(plugin: Architecture, width: number, spec: unknown): ChainForm | null {
  for (const inputs of [1, 2]) {
    for (const shape of [[width], [POSITIONS, width]]) {
      try {
        const output = plugin.outputShape(spec, Array.from({ length: inputs }, () => shape))
        if (output.join() === shape.join()) return { input: shape, inputs }
      } catch (error) {
        if (!(error instanceof BadInput)) throw error
      }
    }
  }
  return null
}

/**
 * Nodes of one configuration, each reading the one before; a primitive of two inputs also reads a linear map of it.
 *
 * @param depth number of nodes of the primitive
 */
export function chainOf(plugin: Architecture, { input, inputs }: ChainForm, spec: unknown, depth: number): NetworkDescription {
  const width = input.at(-1) as number
  const nodes = Array.from({ length: depth }, (_, i): NodeDescription[] => {
    const before = i === 0 ? 'input' : `${plugin.name}${i}`
    const branch = { name: `branch${i + 1}`, primitive: 'linear', spec: { in: width, out: width }, inputs: [before] }
    const node = { name: `${plugin.name}${i + 1}`, primitive: plugin.name, spec: spec as NodeDescription['spec'], inputs: inputs === 1 ? [before] : [before, branch.name] }
    return inputs === 1 ? [node] : [branch, node]
  })
  return { input, nodes: nodes.flat(), output: `${plugin.name}${depth}`, likelihood: 'gaussian' }
}
