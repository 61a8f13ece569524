import { column as columnOf, type Matrix, matrix, svd } from '@dead-directions/linalg'
import type { Approach, TensorData } from '@dead-directions/registry'
import type { ChainMap } from '../chain.ts'
import type { ParameterValues } from '../parameters.ts'
import { ends } from './moved.ts'
import { column, row } from './unit-channels.ts'

/** Units closer than this, relative to their sizes, are candidates. */
const NEAR = 0.2

/** Outgoing weights that cancel below this fraction of their sizes leave no weighted mean near the units. */
const CANCELLED = 0.1

/** A unit up to its activation's symmetry: `sign · size · direction` comes in, `sign / size · outgoing` goes out. */
interface Normal {
  readonly index: number
  readonly sign: number
  readonly size: number
  readonly incoming: Float64Array
  /** Length of `incoming`. */
  readonly length: number
  readonly outgoing: Float64Array
}

/**
 * Hidden units with nearly the same incoming weights, bias included, up to the activation's symmetry,
 * each cluster on its straight path to the mean weighted by the outgoing weights, where the first-order change cancels.
 * Sources: Amari, Park & Ozeki 2006; Farrugia-Roberts, arXiv 2305.05089; the readout of arXiv 2606.05957 (theory row F.2b).
 *
 * @param maps a chain of affine maps; interfaces across no activation are left to the linear channels
 * @param taken units already explained, as `layer:index`
 */
export function mergingUnits(maps: readonly ChainMap[], parameters: ParameterValues, taken: ReadonlySet<string>): readonly Approach[] {
  return maps.slice(0, -1).flatMap((map, at) => {
    if (map.activation.symmetry === 'linear') return []
    const next = maps[at + 1] as ChainMap
    const units = Array.from({ length: map.out }, (_, i) => i).filter(i => !taken.has(`${map.layer}:${i}`))
    return clusters(units.map(i => normal(map, next, i, parameters)), map.activation.symmetry === 'odd')
      .filter(cluster => cluster.length > 1)
      .map(cluster => merging(map, next, cluster, parameters))
  })
}

function normal(map: ChainMap, next: ChainMap, index: number, parameters: ParameterValues): Normal {
  const incoming = row(map, index, parameters)
  const size = map.activation.symmetry === 'homogeneous' ? Math.hypot(...incoming) || 1 : 1
  const scaled = incoming.map(w => w / size)
  return { index, sign: 1, size, incoming: scaled, length: Math.hypot(...scaled), outgoing: column(next, index, parameters).map(c => c * size) }
}

function clusters(units: readonly Normal[], odd: boolean): readonly (readonly Normal[])[] {
  const found: Normal[][] = []
  for (const unit of units) {
    const signs = odd ? [unit, flipped(unit)] : [unit]
    const home = found.find(cluster => signs.some(candidate => cluster.some(member => gap(member, candidate) <= NEAR)))
    if (home === undefined) found.push([unit])
    else home.push(signs.find(candidate => home.some(member => gap(member, candidate) <= NEAR)) as Normal)
  }
  return found
}

function flipped(unit: Normal): Normal {
  return { ...unit, sign: -unit.sign, incoming: unit.incoming.map(w => -w), outgoing: unit.outgoing.map(c => -c) }
}

function gap(a: Normal, b: Normal): number {
  let squares = 0
  for (let i = 0; i < a.incoming.length; i++) squares += ((a.incoming[i] as number) - (b.incoming[i] as number)) ** 2
  return Math.sqrt(squares) / (a.length + b.length || 1)
}

function merging(map: ChainMap, next: ChainMap, cluster: readonly Normal[], parameters: ParameterValues): Approach {
  const shares = outgoingShares(cluster)
  const mean = weightedMean(cluster, shares)
  const weight = Float64Array.from((parameters[map.weight] as TensorData).data)
  const bias = map.bias === null ? null : Float64Array.from((parameters[map.bias] as TensorData).data)
  for (const { index, sign, size } of cluster) {
    for (let j = 0; j < map.in; j++) weight[index * map.in + j] = sign * size * (mean[j] as number)
    if (bias !== null) bias[index] = sign * size * (mean[map.in] as number)
  }
  const moves = matrix(
    cluster.length,
    mean.length,
    Float64Array.from(cluster.flatMap(({ sign, size, incoming }) => [...incoming].map((w, j) => sign * size * (w - (mean[j] as number))))),
  )
  return {
    kind: 'merging units',
    label: `units ${cluster.map(({ index }) => index).join(', ')} of ${map.layer} merging`,
    ...ends(parameters, { [map.weight]: weight, ...(bias === null ? {} : { [map.bias as string]: bias }) }),
    distance: Math.max(...cluster.flatMap(a => cluster.map(b => gap(a, b)))),
    members: readAt(map, cluster, moves),
    length: 1,
    flats: exchanges(next, cluster, parameters),
    family: separations(map, cluster, shares),
  }
}

/** Each unit's outgoing weight along the cluster's common outgoing direction. */
function outgoingShares(cluster: readonly Normal[]): readonly number[] {
  const outgoing = matrix(cluster.length, (cluster[0] as Normal).outgoing.length, Float64Array.from(cluster.flatMap(unit => [...unit.outgoing])))
  const { u, s } = svd(outgoing)
  return cluster.map((_, i) => (u.data[i * u.cols] as number) * (s[0] as number))
}

function weightedMean(cluster: readonly Normal[], shares: readonly number[]): Float64Array {
  const sizes = shares.map(Math.abs)
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  const cancelled = Math.abs(sum(shares)) <= CANCELLED * sum(sizes)
  const weights = sum(sizes) === 0 ? cluster.map(() => 1) : cancelled ? sizes : shares
  return (cluster[0] as Normal).incoming.map((_, j) => sum(cluster.map((unit, i) => (unit.incoming[j] as number) * (weights[i] as number))) / sum(weights))
}

/** The change of the weight as a sum of few dyads: the directions in which its factors are read. */
function readAt(map: ChainMap, cluster: readonly Normal[], moves: Matrix): Approach['members'] {
  const { u, s, v } = svd(moves)
  return Array.from(s, (value, k) => ({ value, k }))
    .filter(({ value }) => value > 1e-6 * (s[0] as number))
    .map(({ k }) => {
      const output = new Float64Array(map.out)
      cluster.forEach(({ index }, i) => (output[index] = u.data[i * u.cols + k] as number))
      return { layer: map.layer, output, input: columnOf(v, k) }
    })
}

/** Once merged, outgoing weight may pass from the first unit to another without a change. */
function exchanges(next: ChainMap, cluster: readonly Normal[], parameters: ParameterValues): Approach['flats'] {
  const [first, ...others] = cluster as [Normal, ...Normal[]]
  return others.flatMap(other =>
    Array.from({ length: next.out }, (_, o) => {
      const change = new Float64Array((parameters[next.weight] as TensorData).data.length)
      change[o * next.in + first.index] = first.sign / first.size
      change[o * next.in + other.index] = -other.sign / other.size
      return { [next.weight]: change }
    }),
  )
}

/** All separations of the units that keep their weighted mean: one per further unit and input. */
function separations(map: ChainMap, cluster: readonly Normal[], shares: readonly number[]): Approach['family'] {
  const [first, ...others] = cluster as [Normal, ...Normal[]]
  return others.flatMap((other, i) =>
    Array.from({ length: first.incoming.length }, (_, j) => {
      const weight = new Float64Array(map.out * map.in)
      const bias = new Float64Array(map.out)
      const put = (unit: Normal, amount: number): void => {
        if (j < map.in) weight[unit.index * map.in + j] = unit.sign * unit.size * amount
        else bias[unit.index] = unit.sign * unit.size * amount
      }
      put(other, shares[0] as number)
      put(first, -(shares[i + 1] as number))
      return { [map.weight]: weight, ...(map.bias === null ? {} : { [map.bias]: bias }) }
    }),
  )
}
