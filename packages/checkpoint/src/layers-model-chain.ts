import { BadInput, checked } from '@dead-directions/registry'
import { type } from 'arktype'
import { tensorField } from './tensor-check.ts'

/** A layer of a LayersModel and its configuration, unread. */
export interface Layer {
  readonly name: string
  readonly className: string
  readonly config: object
}

const topology = type({ class_name: "'Sequential' | 'Functional' | 'Model'", config: 'object' })
const sequential = type({ layers: type({ class_name: 'string', config: { name: 'string' } }).array() })
const tensor = type(['string', '0', '0', '...', 'unknown[]'])
const functional = type({
  layers: type({ name: 'string', class_name: 'string', config: 'object', inbound_nodes: 'unknown[]' }).array(),
  input_layers: 'unknown[]',
  output_layers: 'unknown[]',
})
type FunctionalLayer = (typeof functional.infer)['layers'][number]

/**
 * The layers of a LayersModel from its input to its output.
 *
 * @throws BadInput when they are no single chain
 */
export function layerChain(modelTopology: Readonly<Record<string, unknown>>, field: string): Layer[] {
  // Models converted from Keras wrap the topology once more.
  const { class_name, config } = checked(topology, modelTopology['model_config'] ?? modelTopology, field)
  if (class_name !== 'Sequential') return functionalChain(config, field)
  const { layers } = checked(sequential, Array.isArray(config) ? { layers: config } : config, field)
  return layers.map(layer => ({ name: layer.config.name, className: layer.class_name, config: layer.config }))
}

function functionalChain(config: object, field: string): Layer[] {
  const { layers, input_layers, output_layers } = checked(functional, config, field)
  const byName = new Map(layers.map(layer => [layer.name, layer]))
  const first = onlyTensor(input_layers, `${field}.input_layers`)
  const chain: FunctionalLayer[] = []
  let name: string | undefined = onlyTensor(output_layers, `${field}.output_layers`)
  while (name !== undefined) {
    const layer = byName.get(name)
    if (layer === undefined) throw new BadInput(field, name, 'the name of a layer')
    if (chain.unshift(layer) > layers.length) throw new BadInput(field, name, 'layers without a cycle')
    name = inbound(layer, tensorField(`${field} layer`, layer.name))
  }
  const off = layers.find(layer => !chain.includes(layer))
  if (off !== undefined) throw new BadInput(tensorField(`${field} layer`, off.name), off.class_name, 'one chain of layers, without branches')
  if (chain[0]?.name !== first) throw new BadInput(`${field}.input_layers`, first, 'the first layer of the chain')
  return chain.map(layer => ({ name: layer.name, className: layer.class_name, config: layer.config }))
}

function inbound(layer: FunctionalLayer, field: string): string | undefined {
  const [call, ...more] = layer.inbound_nodes
  if (call === undefined) return undefined
  if (more.length > 0) throw new BadInput(`${field}.inbound_nodes`, layer.inbound_nodes, 'one use of the layer')
  return onlyTensor(call, `${field}.inbound_nodes`)
}

/** The layer of the only tensor in a list; Keras writes a list of one also without its outer brackets. */
function onlyTensor(tensors: unknown, field: string): string {
  const list = Array.isArray(tensors) && typeof tensors[0] === 'string' ? [tensors] : tensors
  if (!Array.isArray(list) || list.length !== 1) throw new BadInput(field, tensors, 'one tensor as [layer, 0, 0]')
  return checked(tensor, list[0], field)[0]
}
