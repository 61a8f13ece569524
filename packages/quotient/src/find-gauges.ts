import { type ChainMap, chainsOf, type Network, type NetworkNode } from '@dead-directions/network'
import type { ActivationFacts, GaugeDeclaration } from '@dead-directions/registry'
import { type Gauge, type GaugeData, gaugeOf, type Slot } from './gauge.ts'

const behind = { linear: ['general-linear'], homogeneous: ['rescaling', 'permutation'], odd: ['sign', 'permutation'], none: ['permutation'] } as const
const norms: readonly string[] = ['layernorm', 'rmsnorm']
/** What a primitive that is no chain does first with its input: these linear maps, and nothing else. */
const readers: Readonly<Record<string, readonly string[]>> = { attention: ['q', 'k', 'v'], swiglu: ['gate', 'up'] }

/**
 * Every gauge of a network: between the affine maps of its chains, inside its other primitives as they declare them, of a
 * normalisation's scales with the linear maps that alone read it, and the logit shift of a categorical head.
 * Source: arXiv 2606.05957, rows C6 and D1.
 *
 * @example
 * import { mlp } from '@dead-directions/arch-mlp'
 * import { nodeBackend } from '@dead-directions/backend-node'
 * import { buildNetwork } from '@dead-directions/network'
 * import { findGauges } from '@dead-directions/quotient'
 * import { createRegistry } from '@dead-directions/registry'
 *
 * await nodeBackend.install()
 * const network = buildNetwork({
 *   input: [4],
 *   nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [4, 3, 2], activation: 'relu' }, inputs: ['input'] }],
 *   output: 'body',
 *   likelihood: 'categorical',
 * }, createRegistry().use(mlp))
 * findGauges(network).map(gauge => gauge.label) // ['rescaling behind body.fc1', 'permutation behind body.fc1', 'logit shift']
 */
export function findGauges(network: Network): readonly Gauge[] {
  const chains = chainsOf(network)
  const inChains = chains.flatMap(({ maps }) => maps.slice(0, -1).flatMap((map, at) => interfaceGauges(map, maps[at + 1] as ChainMap)))
  const declared = network.nodes
    .filter(({ architecture }) => architecture.chain === undefined)
    .flatMap(node => node.architecture.gauges(node.spec).map(gauge => declaredGauge(gauge, node.name)))
  const scales = network.nodes.filter(({ architecture }) => norms.includes(architecture.name)).flatMap(node => scaleGauge(network, node))
  return [...inChains, ...declared, ...scales, ...logitShift(network)].map(gaugeOf)
}

/** The gauges between one affine map and the next across an activation. */
export function interfaceGauges(
  map: { readonly layer: string; readonly weight: string; readonly bias: string | null; readonly out: number; readonly activation: Pick<ActivationFacts, 'symmetry'> },
  next: { readonly weight: string },
  [rows, columns]: readonly [0 | 1, 0 | 1] = [0, 1],
): readonly GaugeData[] {
  const slots: readonly Slot[] = [
    slot(map.weight, rows, 'forward'),
    ...(map.bias === null ? [] : [slot(map.bias, 0, 'forward')]),
    slot(next.weight, columns, 'dual'),
  ]
  return behind[map.activation.symmetry].map(kind => ({ kind, label: `${kind.replace('-', ' ')} behind ${map.layer}`, units: map.out, slots }))
}

/** The shift of all logits by one number: of the last bias, and for each input of the last weight. Source: row C6. */
export function shiftOf(weight: string, bias: string | null, { units, inputs, axis = 0 }: { readonly units: number; readonly inputs: number; readonly axis?: 0 | 1 }): GaugeData {
  return {
    kind: 'translation',
    label: 'logit shift',
    units,
    slots: [slot(weight, axis, 'forward'), ...(bias === null ? [] : [slot(bias, 0, 'forward')])],
    shifts: [inputs, ...(bias === null ? [] : [1])],
  }
}

/** A primitive's declaration with full parameter names. */
export function declaredGauge({ kind, rows, dualRows = [], columns, units, offset = 0 }: GaugeDeclaration, node: string): GaugeData {
  const slots = [
    ...rows.map(name => slot(`${node}.${name}`, 0, 'forward', offset)),
    ...dualRows.map(name => slot(`${node}.${name}`, 0, 'dual', offset)),
    ...columns.map(name => slot(`${node}.${name}`, 1, 'dual', offset)),
  ]
  const where = [...rows, ...dualRows, ...columns].map(name => name.replace(/\.(weight|bias)$/, ''))
  const from = offset === 0 ? '' : ` from ${offset}`
  return { kind, label: `${kind.replace('-', ' ')} of ${node} between ${[...new Set(where)].join(', ')}${from}`, units, slots }
}

function slot(parameter: string, axis: 0 | 1, side: Slot['side'], offset = 0): Slot {
  return { parameter, axis, offset, side }
}

function scaleGauge(network: Network, node: NetworkNode): readonly GaugeData[] {
  const reading = network.nodes.filter(({ inputs }) => inputs.includes(node.name))
  if (reading.length === 0 || network.description.output === node.name) return []
  const weights = reading.map(reader => firstWeights(reader))
  if (weights.some(found => found === null)) return []
  const [gamma, ...rest] = Object.keys(node.architecture.parameters(node.spec)).map(name => slot(`${node.name}.${name}`, 0, 'forward'))
  const columns = weights.flatMap(found => found ?? []).map(name => slot(name, 1, 'dual'))
  if (gamma === undefined) return []
  return [{ kind: 'rescaling', label: `scales of ${node.name}`, units: network.parameters[gamma.parameter]?.shape[0] as number, slots: [gamma, ...rest, ...columns] }]
}

/** The weights of the linear maps that are all a node does with its input, or null when it does more. */
function firstWeights(node: NetworkNode): readonly string[] | null {
  const [first] = node.architecture.chain?.(node.spec) ?? []
  if (first !== undefined) return [`${node.name}.${first.weight}`]
  return readers[node.architecture.name]?.map(layer => `${node.name}.${layer}.weight`) ?? null
}

function logitShift(network: Network): readonly GaugeData[] {
  if (network.description.likelihood !== 'categorical') return []
  const output = network.nodes.find(({ name }) => name === network.description.output)
  const last = output?.architecture.chain?.(output.spec).at(-1)
  if (output === undefined || last === undefined || last.activation.symmetry !== 'linear') return []
  const weight = `${output.name}.${last.weight}`
  const [units, inputs] = network.parameters[weight]?.shape as [number, number]
  return [shiftOf(weight, last.bias === null ? null : `${output.name}.${last.bias}`, { units, inputs })]
}
