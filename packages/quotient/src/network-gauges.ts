import type { Network, NetworkNode } from '@dead-directions/network'
import { type GaugeDeclaration, gaugesOf, readersOf, type UnitBlock, writersOf } from '@dead-directions/registry'
import { type Gauge, type GaugeData, gaugeOf, type Slot } from './gauge.ts'
import { interfaceGauges, logitShifts, type Side } from './interface-gauges.ts'

/** The gauges inside the nodes of a network and between them. Source: arXiv 2606.05957, rows C6 and D1. */
export function networkGauges(network: Network): readonly Gauge[] {
  const inside = network.nodes.flatMap(node => gaugesOf(node.architecture, node.spec).map(gauge => declaredGauge(gauge, node.name)))
  const between = network.nodes.flatMap(node => (node.name === network.description.output ? logitGauges(network, node) : outputGauges(network, node)))
  return [...inside, ...between].map(gaugeOf)
}

/** A primitive's declaration with full parameter names. */
function declaredGauge({ kind, rows, dualRows = [], columns, units }: GaugeDeclaration, node: string): GaugeData {
  const on = (blocks: GaugeDeclaration['rows'], axis: 0 | 1, side: Slot['side']): readonly Slot[] =>
    blocks.map(named).map(({ parameter, offset = 0, ...tile }) => ({ parameter: `${node}.${parameter}`, axis, offset, ...tile, side }))
  const slots = [...on(rows, 0, 'forward'), ...on(dualRows, 0, 'dual'), ...on(columns, 1, 'dual')]
  const [{ parameter, offset = 0 }] = [...rows, ...columns].map(named) as [UnitBlock]
  const from = offset === 0 ? '' : ` from ${offset}`
  return { kind, label: `${kind.replace('-', ' ')} behind ${layerOf(`${node}.${parameter}`)}${from}`, units, slots }
}

function named(block: string | UnitBlock): UnitBlock {
  return typeof block === 'string' ? { parameter: block } : block
}

function layerOf(parameter: string): string {
  return parameter.replace(/\.(weight|bias)$/, '')
}

/** The gauges between a node and all that read it, where each of these sees it through linear maps only. */
function outputGauges(network: Network, node: NetworkNode): readonly GaugeData[] {
  const reading = network.nodes.filter(({ inputs }) => inputs.includes(node.name))
  const readers = reading.map(reader => readersOf(reader.architecture, reader.spec).map(name => `${reader.name}.${name}`))
  if (readers.length === 0 || readers.some(names => names.length === 0)) return []
  const { rows, kinds } = writersOf(node.architecture, node.spec)
  if (rows.length === 0) return []
  return interfaceGauges(layerOf(`${node.name}.${rows[0]}`), kinds, sides(network, rows.map(name => `${node.name}.${name}`), 0), sides(network, readers.flat(), 1))
}

function logitGauges(network: Network, node: NetworkNode): readonly GaugeData[] {
  const { rows, kinds } = writersOf(node.architecture, node.spec)
  if (network.description.likelihood !== 'categorical' || !kinds.includes('general-linear')) return []
  return logitShifts(sides(network, rows.map(name => `${node.name}.${name}`), 0))
}

function sides({ parameters }: Network, names: readonly string[], axis: 0 | 1): readonly Side[] {
  return names.map(parameter => ({ parameter, shape: parameters[parameter]?.shape ?? [], axis }))
}
