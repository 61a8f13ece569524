import { BadInput, checked, type NetworkDescription } from '@dead-directions/registry'
import { type } from 'arktype'

/** One layer of an `mlp` node: `outputs × inputs` weights, a bias or none, and what follows them. */
export interface MlpLayer {
  readonly inputs: number
  readonly outputs: number
  readonly activation: string
  readonly bias: boolean
}

/** The specification of an `mlp` node: one activation means the hidden layers', with the identity at the output. */
export interface MlpSpec {
  readonly widths: readonly number[]
  readonly activation: string | readonly string[]
  readonly bias: boolean | readonly boolean[]
}

const specification = type({
  widths: type('number.integer >= 1').array().atLeastLength(2),
  activation: type('string').or(type('string').array()),
  'bias?': type('boolean').or(type('boolean').array()),
})

/** The shortest specification of `layers`. */
export function mlpSpec(layers: readonly MlpLayer[]): MlpSpec {
  const activations = layers.map(layer => layer.activation)
  const hidden = new Set(activations.slice(0, -1))
  const oneName = activations.at(-1) === 'identity' && hidden.size <= 1
  const biases = layers.map(layer => layer.bias)
  return {
    widths: layers.flatMap(({ inputs, outputs }, i) => (i === 0 ? [inputs, outputs] : [outputs])),
    activation: oneName ? (activations[0] as string) : activations,
    bias: new Set(biases).size === 1 ? (biases[0] as boolean) : biases,
  }
}

/** The layers of the one `mlp` node that `network` consists of, and the node's name. */
export function mlpLayers(network: NetworkDescription): { readonly name: string; readonly layers: readonly MlpLayer[] } {
  const [node, ...more] = network.nodes
  if (node?.primitive !== 'mlp' || more.length > 0) {
    throw new BadInput('network.nodes', network.nodes.map(each => each.primitive), 'one mlp node')
  }
  const { widths, activation, bias = false } = checked(specification, node.spec, 'network.nodes.0.spec')
  if (network.input.length !== 1 || network.input[0] !== widths[0]) throw new BadInput('network.input', network.input, `[${widths[0]}]`)
  const count = widths.length - 1
  if (Array.isArray(activation) && activation.length !== count) {
    throw new BadInput('network.nodes.0.spec.activation', activation, `one name, or ${count}`)
  }
  if (Array.isArray(bias) && bias.length !== count) throw new BadInput('network.nodes.0.spec.bias', bias, `true, false, or ${count} of them`)
  const layers = widths.slice(1).map((outputs, i) => ({
    inputs: widths[i] as number,
    outputs,
    activation: Array.isArray(activation) ? (activation[i] as string) : i === count - 1 ? 'identity' : activation,
    bias: Array.isArray(bias) ? (bias[i] as boolean) : bias,
  }))
  return { name: node.name, layers }
}
