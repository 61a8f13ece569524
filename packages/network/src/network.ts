import {
  type Architecture,
  BadInput,
  checked,
  checkNetworkDescription,
  type NetworkDescription,
  type ParameterSpec,
  type Registry,
} from '@dead-directions/registry'
import { type Layer, traceLayers } from './trace.ts'

/** A node of a network with its primitive and its checked configuration. */
export interface NetworkNode {
  readonly name: string
  readonly architecture: Architecture
  readonly spec: unknown
  readonly inputs: readonly string[]
  /** Shape of its value without the sample axis. */
  readonly shape: readonly number[]
}

/** A network ready to run: its primitives resolved, its parameters and layers known. */
export interface Network {
  readonly description: NetworkDescription
  readonly nodes: readonly NetworkNode[]
  /** Every parameter by full name, `node.parameter`. */
  readonly parameters: Readonly<Record<string, ParameterSpec>>
  /** Every linear map a forward pass goes through, in order. */
  readonly layers: readonly Layer[]
  /** Shape of the output without the sample axis. */
  readonly outputShape: readonly number[]
}

/**
 * The network of a description, its primitives looked up and its shapes checked. A TensorFlow.js backend must be active.
 *
 * @param description what `network.json` says
 * @param registry where the primitives are looked up
 * @throws BadInput for an unknown primitive, a configuration its schema refuses, or nodes whose shapes do not fit
 * @example
 * import { mlp } from '@dead-directions/arch-mlp'
 * import { nodeBackend } from '@dead-directions/backend-node'
 * import { buildNetwork } from '@dead-directions/network'
 * import { createRegistry } from '@dead-directions/registry'
 *
 * await nodeBackend.install()
 * const network = buildNetwork({
 *   input: [4],
 *   nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [4, 3, 1], activation: 'tanh' }, inputs: ['input'] }],
 *   output: 'body',
 *   likelihood: 'gaussian',
 * }, createRegistry().use(mlp))
 * network.layers.map(layer => layer.name) // ['body.fc1', 'body.fc2']
 */
export function buildNetwork(description: NetworkDescription, registry: Registry): Network {
  checkNetworkDescription(description, 'network')
  const shapes = new Map<string, readonly number[]>([['input', description.input]])
  const nodes = description.nodes.map((node, i): NetworkNode => {
    const architecture = registry.architecture(node.primitive, `network.nodes.${i}.primitive`)
    const spec = checked(architecture.spec, node.spec, `network.nodes.${i}.spec`)
    const shape = architecture.outputShape(spec, node.inputs.map(from => shapes.get(from) as readonly number[]))
    shapes.set(node.name, shape)
    return { name: node.name, architecture, spec, inputs: node.inputs, shape }
  })
  const outputShape = shapes.get(description.output) as readonly number[]
  if (description.likelihood === 'categorical' && (outputShape.at(-1) as number) < 2) {
    throw new BadInput('network.likelihood', 'categorical', 'at least two outputs to choose between')
  }
  const parameters = Object.fromEntries(
    nodes.flatMap(node => Object.entries(node.architecture.parameters(node.spec)).map(([name, spec]) => [`${node.name}.${name}`, spec] as const)),
  )
  const untraced = { description, nodes, parameters, outputShape }
  return { ...untraced, layers: traceLayers(untraced) }
}
