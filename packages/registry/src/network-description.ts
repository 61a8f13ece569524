import { type Type, type } from 'arktype'
import { BadInput, checked } from './bad-input.ts'

/** How the outputs of a network parametrise a distribution: unit-variance Gaussian means, or logits. */
export type Likelihood = 'gaussian' | 'categorical'

/** One node of a network: a primitive of the registry, its configuration and the nodes it reads. */
export interface NodeDescription {
  readonly name: string
  readonly primitive: string
  readonly spec: Readonly<Record<string, unknown>>
  /** Names of earlier nodes, or `input`. */
  readonly inputs: readonly string[]
}

/** A network as a directed graph of primitives: the content of `network.json` but for its file fields. */
export interface NetworkDescription {
  /** Shape of one input, without the sample axis. */
  readonly input: readonly number[]
  readonly nodes: readonly NodeDescription[]
  /** Name of the node whose value is the network's output. */
  readonly output: string
  readonly likelihood: Likelihood
}

const description: Type<NetworkDescription> = type({
  input: type('number.integer >= 1').array().atLeastLength(1),
  nodes: type({
    name: type(/^[A-Za-z0-9_-]+$/).describe('letters, digits, "_" and "-"'),
    primitive: 'string >= 1',
    spec: 'Record<string, unknown>',
    inputs: type('string').array().atLeastLength(1),
  })
    .array()
    .atLeastLength(1),
  output: 'string',
  likelihood: "'gaussian' | 'categorical'",
}) as unknown as Type<NetworkDescription>

/**
 * The value as a network description whose nodes are in order: each name once, each input an earlier node or `input`.
 *
 * @param value what was read, for instance from `network.json`
 * @param field what to call it in an error, for instance the file's name
 * @throws BadInput naming the first wrong field
 * @example
 * import { checkNetworkDescription } from '@dead-directions/registry'
 * const network = checkNetworkDescription({
 *   input: [4],
 *   nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [4, 3, 1], activation: 'tanh' }, inputs: ['input'] }],
 *   output: 'body',
 *   likelihood: 'gaussian',
 * }, 'network.json')
 */
export function checkNetworkDescription(value: unknown, field: string): NetworkDescription {
  const network = checked(description, value, field)
  const seen = new Set(['input'])
  network.nodes.forEach((node, i) => {
    if (seen.has(node.name)) throw new BadInput(`${field}.nodes.${i}.name`, node.name, 'a name not used before')
    for (const from of node.inputs) {
      if (!seen.has(from)) throw new BadInput(`${field}.nodes.${i}.inputs`, from, 'the name of an earlier node, or "input"')
    }
    seen.add(node.name)
  })
  if (network.output === 'input' || !seen.has(network.output)) throw new BadInput(`${field}.output`, network.output, 'the name of a node')
  return network
}
