import type { Approach, TensorData } from '@dead-directions/registry'
import { type ChainMap, chainsOf } from '../chain.ts'
import type { Network } from '../network.ts'
import type { ParameterValues } from '../parameters.ts'
import { constantUnits } from './constant-units.ts'
import { linearChannels, type LinearRun, linearRun } from './linear-channels.ts'
import { mergingUnits } from './merging-units.ts'
import { unitChannels } from './unit-channels.ts'

/**
 * The degenerations that a checkpoint is near: vanishing channels, merging units and units that become constant,
 * each a straight path from its singular point. Primitives add those that only they can see.
 * Source: arXiv 2606.05957, the readout (theory row F.2).
 *
 * @example
 * import { loadCheckpoint } from '@dead-directions/dead-directions'
 * import { along, findApproaches } from '@dead-directions/network'
 *
 * const { network, parameters } = await loadCheckpoint('runs/student')
 * const [nearest] = findApproaches(network, parameters)
 * const halfway = nearest === undefined ? parameters : along(parameters, nearest, 0.5)
 */
export function findApproaches(network: Network, parameters: ParameterValues): readonly Approach[] {
  const chained = chainsOf(network).flatMap(({ maps }) => chainApproaches(network, maps, parameters))
  const own = network.nodes.flatMap(node => {
    const entries = Object.keys(node.architecture.parameters(node.spec)).map(name => [name, parameters[`${node.name}.${name}`] as TensorData] as const)
    return (node.architecture.approaches?.(node.spec, Object.fromEntries(entries)) ?? []).map(approach => inNetwork(approach, node.name))
  })
  return [...chained, ...own]
}

/** A primitive's approach with its parameters and layers by full name. */
function inNetwork(approach: Approach, node: string): Approach {
  const full = <value>(named: Readonly<Record<string, value>>): Record<string, value> => Object.fromEntries(Object.entries(named).map(([name, value]) => [`${node}.${name}`, value]))
  return {
    ...approach,
    label: `${approach.label} in ${node}`,
    origin: full(approach.origin),
    tangent: full(approach.tangent),
    members: approach.members.map(member => ({ ...member, layer: member.layer === '' ? node : `${node}.${member.layer}` })),
    flats: approach.flats.map(full),
    family: approach.family.map(full),
  }
}

/** The network as one run of linear maps from input to output, or `null` when it is anything else. */
export function wholeLinearRun(network: Network, parameters: ParameterValues): LinearRun | null {
  const [chain] = chainsOf(network)
  if (chain === undefined || !chain.whole) return null
  return chain.maps.every(map => map.activation.symmetry === 'linear') ? linearRun(chain.maps, parameters, endsInLogits(network, chain.maps)) : null
}

function chainApproaches(network: Network, maps: readonly ChainMap[], parameters: ParameterValues): readonly Approach[] {
  const channels = unitChannels(maps, parameters)
  const taken = new Set(channels.flatMap(approach => approach.units))
  const units = [...channels, ...mergingUnits(maps, parameters, taken), ...constantUnits(maps, parameters, taken)]
  // A small or doubled unit is also a small singular value of its weight: told once, as what it is.
  const told = new Set(units.flatMap(approach => approach.members.map(member => member.layer)))
  const linear = linearRuns(maps)
    .filter(run => !run.some(map => told.has(map.layer)))
    .flatMap(run => linearChannels(linearRun(run, parameters, endsInLogits(network, run)), parameters))
  return [...linear, ...units]
}

function endsInLogits({ description }: Network, run: readonly ChainMap[]): boolean {
  return description.likelihood === 'categorical' && (run.at(-1) as ChainMap).node === description.output && run.at(-1)?.activation.symmetry === 'linear'
}

function linearRuns(maps: readonly ChainMap[]): readonly (readonly ChainMap[])[] {
  return maps.reduce<ChainMap[][]>((runs, map, i) => {
    if (i > 0 && maps[i - 1]?.activation.symmetry === 'linear') runs.at(-1)?.push(map)
    else runs.push([map])
    return runs
  }, [])
}
