import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'

/** Cells along each coordinate; a power of two, so that float32 splits a random number exactly. */
export const cellCount = 256

/** For each coordinate, `cellCount + 1` ascending nodes; a point falls in every cell with the same probability. */
export type AdaptiveGrid = readonly Float64Array[]

/** Points drawn from a grid, row by row. */
export interface GridSample {
  readonly count: number
  /** `count` × dimension coordinates. */
  readonly points: Float64Array
  /** Volume that each point stands for: the inverse of its probability density. */
  readonly volumes: Float64Array
}

/** Cells on each side that lead from the outermost hits to the edge of the box, each wider than the one before. */
const guards = 6
/** Width of the first of them, as a share of the range with hits. */
const firstGuard = 1 / 8
/** Share of equal probabilities among the cells with hits, against noise. */
const evened = 0.1
/** Neighbouring cells that share one density of hits: one for each cell would follow the noise of single hits. */
const shared = 4
/** A point counts for at most this share of the mass: a heavy one is a chance find, which cells must not crowd around. */
const heaviest = 1 / 100
/** Nodes at even steps of the logarithm, in all coordinates together. */
const logarithmicNodes = 96

/** The grid of the uniform distribution on a box. */
export function uniformGrid(box: readonly (readonly [number, number])[]): AdaptiveGrid {
  return box.map(([from, to]) => Float64Array.from({ length: cellCount + 1 }, (_, i) => from + ((to - from) * i) / cellCount))
}

/** Independent points of the grid's distribution. */
export function drawFrom(grid: AdaptiveGrid, count: number, random: RandomGenerator): GridSample {
  const dimension = grid.length
  const points = new Float64Array(count * dimension)
  const volumes = new Float64Array(count).fill(1)
  for (let n = 0; n < count; n++) {
    for (let i = 0; i < dimension; i++) {
      const nodes = grid[i]!
      const place = uniformFloat64(random) * cellCount
      const k = Math.floor(place)
      const width = nodes[k + 1]! - nodes[k]!
      points[n * dimension + i] = nodes[k]! + (place - k) * width
      volumes[n]! *= cellCount * width
    }
  }
  return { count, points, volumes }
}

/**
 * The nodes along one coordinate that divide the masses seen at `places` evenly, with ever wider cells from there to the
 * edges, so that neither a tail beyond the places nor the rest of the range is given up.
 *
 * Source: G. P. Lepage, "A new algorithm for adaptive multidimensional integration", 1978 (VEGAS), on the masses' quantiles
 * in place of a histogram.
 *
 * @param fixed nodes that stand whatever was seen
 */
export function fittedNodes(places: Float64Array, masses: Float64Array, [from, to]: readonly [number, number], fixed: readonly number[]): Float64Array {
  const order = Uint32Array.from(places.keys()).sort((a, b) => places[a]! - places[b]!)
  const most = heaviest * masses.reduce((sum, mass) => sum + mass, 0)
  const capped = masses.map(mass => Math.min(mass, most))
  const total = capped.reduce((sum, mass) => sum + mass, 0)
  const inner = cellCount - 2 * guards - fixed.length
  const quantiles = Math.ceil(inner / shared)
  const [low, high] = [places[order[0]!]!, places[order.at(-1)!]!]
  const ends = [low]
  let [below, left] = [0, low]
  order.forEach((n, j) => {
    const mass = (evened / places.length + ((1 - evened) * capped[n]!) / total) * quantiles
    const right = (places[n]! + places[order[j + 1] ?? n]!) / 2
    while (ends.length < quantiles && ends.length <= below + mass) ends.push(left + ((ends.length - below) / mass) * (right - left))
    below += mass
    left = right
  })
  while (ends.length <= quantiles) ends.push(high)
  const nodes = Array.from({ length: inner + 1 }, (_, i) => between(ends, (i * quantiles) / inner))
  const first = (high - low) * firstGuard
  return Float64Array.from([...guardNodes(-low, -from, first).map(node => -node), ...nodes, ...guardNodes(high, to, first), ...fixed]).sort()
}

/**
 * Nodes at even steps of `log |x|` on each side of zero that the range has, from its edge down to `least`.
 *
 * Where K is a product, points of one tiny and one large coordinate hold mass that a product of fitted distributions all but
 * leaves out, and none of the points seen need lie there: cells between these nodes keep every weight within bounds.
 *
 * Source: T. Hesterberg, "Weighted average importance sampling and defensive mixture distributions", 1995.
 *
 * @param least size of the coordinate below which K no longer changes; Infinity where there is none
 * @param dimension number of coordinates that share the nodes, since what each of them spends is lost as a factor
 */
export function nodesAroundZero([from, to]: readonly [number, number], least: number, dimension: number): number[] {
  if (from > 0 || to < 0 || !(least < Math.max(-from, to))) return []
  const sides = [from, to].filter(edge => Math.abs(edge) > least)
  const count = Math.floor(logarithmicNodes / Math.max(2, dimension) / sides.length)
  return sides.flatMap(edge => Array.from({ length: count }, (_, j) => edge * (least / Math.abs(edge)) ** ((j + 1) / count)))
}

/** The value between two indices of a list: at even steps of its logarithm where they lie on one side of zero, else at even steps. */
function between(values: readonly number[], place: number): number {
  const k = Math.min(Math.floor(place), values.length - 2)
  const [from, to] = [values[k]!, values[k + 1]!]
  return from * to > 0 ? from * (to / from) ** (place - k) : from + (place - k) * (to - from)
}

/** Nodes from `start`, left out, to `end`: even steps where those of width `first` reach that far, else steps that grow by one factor. */
function guardNodes(start: number, end: number, first: number): number[] {
  const gap = end - start
  return Array.from({ length: guards }, (_, k) => {
    if (k === guards - 1) return end
    return start + gap * (gap <= guards * first ? (k + 1) / guards : (first / gap) ** (1 - k / (guards - 1)))
  })
}
