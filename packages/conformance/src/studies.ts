import { type Architecture, BadInput, type NetworkDescription, type ProbeStudy } from '@dead-directions/registry'

/** Positions of a sample, for primitives that read several. */
const POSITIONS = 3

/**
 * The networks a plugin is measured on: chains of its example where its output can be its input, and its own probes.
 *
 * @param depths lengths of the chains
 */
export function studiesOf(plugin: Architecture, width: number, depths: readonly number[]): readonly ProbeStudy[] {
  const input = chainInput(plugin, width)
  const chains = input === null ? [] : depths.map(depth => ({ title: `${plugin.name} chain of ${depth}`, network: chainOf(plugin, width, depth, input) }))
  return [...chains, ...(plugin.probes?.(width) ?? [])]
}

/** The input shape for which nodes of the plugin's example follow each other, or `null`. */
export function chainInput(plugin: Architecture, width: number): readonly number[] | null {
  const spec = plugin.example(width)
  for (const shape of [[width], [POSITIONS, width]]) {
    try {
      if (plugin.outputShape(spec, [shape]).join() === shape.join()) return shape
    } catch (error) {
      if (!(error instanceof BadInput)) throw error
    }
  }
  return null
}

/** Nodes of the plugin's example, each reading the one before. */
export function chainOf(plugin: Architecture, width: number, depth: number, input: readonly number[]): NetworkDescription {
  const spec = plugin.example(width) as Readonly<Record<string, unknown>>
  const nodes = Array.from({ length: depth }, (_, i) => ({ name: `${plugin.name}${i + 1}`, primitive: plugin.name, spec, inputs: [i === 0 ? 'input' : `${plugin.name}${i}`] }))
  return { input, nodes, output: `${plugin.name}${depth}`, likelihood: 'gaussian' }
}
