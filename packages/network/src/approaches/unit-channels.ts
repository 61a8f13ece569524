import type { Approach, ApproachMember, TensorData } from '@dead-directions/registry'
import type { ChainMap } from '../chain.ts'
import type { ParameterValues } from '../parameters.ts'
import { smallOnes } from './gap.ts'
import { ends } from './moved.ts'
import { withBias } from './linear-channels.ts'

/** Of a unit's row and column, how much must go through one entry for two units to form one channel. */
const ALIGNED = 0.9

/** A vanishing channel of hidden units, and which, as `layer:index`. */
export interface UnitChannel extends Approach {
  readonly units: readonly string[]
}

/** A hidden unit behind map `at` of a chain. */
interface Unit {
  readonly at: number
  readonly index: number
}

/**
 * Hidden units whose incoming and outgoing weights are both small, joined to longer channels where one feeds only the next;
 * and, alone, units with only one side small. Behind an elementwise map a channel is a unit, not a rotated direction.
 * Source: arXiv 2606.05957, rows C2, C4 and the readout (theory row F.2a).
 *
 * @param maps a chain of affine maps; interfaces across no activation are left to the linear channels
 */
export function unitChannels(maps: readonly ChainMap[], parameters: ParameterValues): readonly UnitChannel[] {
  const sides = maps.slice(0, -1).map((map, at) => sidesOf(map, maps[at + 1] as ChainMap, parameters))
  const dead: Unit[] = sides.flatMap((side, at) => indices(maps[at] as ChainMap).filter(i => side.in.has(i) && side.out.has(i)).map(index => ({ at, index })))
  const joined = join(dead, maps, parameters).map(units => channel(units, maps, parameters))
  const halves = sides.flatMap((side, at) =>
    indices(maps[at] as ChainMap)
      .filter(i => side.in.has(i) !== side.out.has(i))
      .map(index => half({ at, index }, side.in.has(index), maps, parameters)),
  )
  return [...joined, ...halves]
}

interface Sides {
  readonly in: ReadonlySet<number>
  readonly out: ReadonlySet<number>
}

function sidesOf(map: ChainMap, next: ChainMap, parameters: ParameterValues): Sides {
  const none = new Set<number>()
  if (map.activation.symmetry === 'linear' || map.out < 2) return { in: none, out: none }
  const rows = indices(map).map(i => Math.hypot(...row(map, i, parameters)))
  const columns = indices(map).map(i => Math.hypot(...column(next, i, parameters)))
  if (map.activation.symmetry !== 'homogeneous') return { in: smallOnes(rows), out: smallOnes(columns) }
  // Rescaling a homogeneous unit moves size from one side to the other; only the product means anything.
  const both = smallOnes(rows.map((size, i) => Math.sqrt(size * (columns[i] as number))))
  return { in: both, out: both }
}

/** Dead units in successive layers, as long as nearly all that one sends goes to the next and nearly all that arrives there comes from it. */
function join(dead: readonly Unit[], maps: readonly ChainMap[], parameters: ParameterValues): readonly (readonly Unit[])[] {
  const channels: Unit[][] = []
  for (const unit of dead) {
    const before = channels.find(units => {
      const last = units.at(-1) as Unit
      if (last.at !== unit.at - 1) return false
      const map = maps[unit.at] as ChainMap
      const entry = Math.abs((parameters[map.weight] as TensorData).data[unit.index * map.in + last.index] as number)
      const around = Math.max(Math.hypot(...row(map, unit.index, parameters)), Math.hypot(...column(map, last.index, parameters)))
      return entry >= ALIGNED * around
    })
    if (before === undefined) channels.push([unit])
    else before.push(unit)
  }
  return channels
}

function channel(units: readonly Unit[], maps: readonly ChainMap[], parameters: ParameterValues): UnitChannel {
  const first = units[0] as Unit
  const last = units.at(-1) as Unit
  const origin: Record<string, Float64Array> = {}
  const members: ApproachMember[] = []
  for (let at = first.at; at <= last.at + 1; at++) {
    const map = maps[at] as ChainMap
    const to = units[at - first.at]?.index
    const from = units[at - first.at - 1]?.index
    const weight = Float64Array.from((parameters[map.weight] as TensorData).data)
    if (to !== undefined) weight.fill(0, to * map.in, (to + 1) * map.in)
    if (from !== undefined) for (let i = 0; i < map.out; i++) weight[i * map.in + from] = 0
    origin[map.weight] = weight
    if (to !== undefined && map.bias !== null) origin[map.bias] = Float64Array.from((parameters[map.bias] as TensorData).data).fill(0, to, to + 1)
    members.push({
      layer: map.layer,
      output: to === undefined ? unit(column(map, from as number, parameters)) : axis(map.out, to),
      input: from === undefined ? unit(row(map, to as number, parameters)) : withBias(map, axis(map.in, from)),
    })
  }
  return {
    kind: 'vanishing channel',
    label: units.map(({ at, index }) => `unit ${index} of ${(maps[at] as ChainMap).layer}`).join(', ') + ' vanishing',
    ...ends(parameters, origin),
    distance: Math.max(...units.map(({ at, index }) => relativeSize(maps, at, index, parameters))),
    members,
    length: units.length + 1,
    units: units.map(({ at, index }) => `${(maps[at] as ChainMap).layer}:${index}`),
    flats: [],
    family: [],
  }
}

/** One side of a unit dying alone: a channel of length one. */
function half({ at, index }: Unit, incoming: boolean, maps: readonly ChainMap[], parameters: ParameterValues): UnitChannel {
  const map = maps[incoming ? at : at + 1] as ChainMap
  const weight = Float64Array.from((parameters[map.weight] as TensorData).data)
  if (incoming) weight.fill(0, index * map.in, (index + 1) * map.in)
  else for (let i = 0; i < map.out; i++) weight[i * map.in + index] = 0
  const origin: Record<string, Float64Array> = { [map.weight]: weight }
  if (incoming && map.bias !== null) origin[map.bias] = Float64Array.from((parameters[map.bias] as TensorData).data).fill(0, index, index + 1)
  return {
    kind: 'vanishing channel',
    label: `unit ${index} of ${(maps[at] as ChainMap).layer}, ${incoming ? 'incoming' : 'outgoing'} weights vanishing`,
    ...ends(parameters, origin),
    distance: relativeSize(maps, at, index, parameters, incoming),
    members: [
      {
        layer: map.layer,
        output: incoming ? axis(map.out, index) : unit(column(map, index, parameters)),
        input: incoming ? unit(row(map, index, parameters)) : withBias(map, axis(map.in, index)),
      },
    ],
    length: 1,
    units: [`${(maps[at] as ChainMap).layer}:${index}`],
    flats: [],
    family: [],
  }
}

/** The unit's size against the layer's largest, on one side or the geometric mean of both. */
function relativeSize(maps: readonly ChainMap[], at: number, index: number, parameters: ParameterValues, incoming?: boolean): number {
  const map = maps[at] as ChainMap
  const next = maps[at + 1] as ChainMap
  const against = (sizes: number[]): number => (sizes[index] as number) / Math.max(...sizes)
  const into = against(indices(map).map(i => Math.hypot(...row(map, i, parameters))))
  const outOf = against(indices(map).map(i => Math.hypot(...column(next, i, parameters))))
  return incoming === undefined ? Math.sqrt(into * outOf) : incoming ? into : outOf
}

/** Incoming weights of a unit, its bias last where it has one. */
export function row(map: ChainMap, index: number, parameters: ParameterValues): Float64Array {
  const weight = (parameters[map.weight] as TensorData).data.subarray(index * map.in, (index + 1) * map.in)
  return map.bias === null ? weight : Float64Array.of(...weight, (parameters[map.bias] as TensorData).data[index] as number)
}

/** What the next map takes from a unit. */
export function column(map: ChainMap, index: number, parameters: ParameterValues): Float64Array {
  return Float64Array.from({ length: map.out }, (_, i) => (parameters[map.weight] as TensorData).data[i * map.in + index] as number)
}

function indices(map: ChainMap): readonly number[] {
  return Array.from({ length: map.out }, (_, i) => i)
}

function axis(size: number, index: number): Float64Array {
  return new Float64Array(size).fill(1, index, index + 1)
}

function unit(vector: Float64Array): Float64Array {
  const size = Math.hypot(...vector)
  return size === 0 ? vector : vector.map(value => value / size)
}
