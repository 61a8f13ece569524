import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'
import { cellCount } from './adaptive-grid.ts'

/** Threads that share one lattice: a quarter of the first coordinate each, at the same other coordinates. */
export const lanes = 4
/** Places along a coordinate, as many in every cell: lattice points are whole places, so that float32 holds them exactly. */
export const placeCount: number = 2 ** 16
/** Most points of a thread, of which none then share a place. */
export const mostPoints: number = placeCount / lanes

/**
 * Korobov multiplier. Among all odd ones it leaves the least error P₂, weight 0.3 per coordinate, as a geometric mean over
 * two to eight coordinates and 2¹⁰ to 2¹⁴ points of a thread, beside the best multiplier of each.
 */
const multiplier = 3739

/**
 * Points of a run: they share a first coordinate and go from cell to cell along the others. Where there are others, a thread
 * has one run in each of its cells of the first one.
 */
export function runLength(dimension: number, points: number): number {
  return dimension === 1 ? 1 : (points * lanes) / cellCount
}

/** Component of the generating vector: of coordinates after the first one the powers of the multiplier. */
export function generatorOf(coordinate: number): number {
  return coordinate === 0 ? 1 : (generatorOf(coordinate - 1) * multiplier) % mostPoints
}

/**
 * By how many places each coordinate moves from one run to the next.
 *
 * With r runs of length s, N = r s, point j of run i in lane l is at `(l + i/r) / 4` of the first coordinate and at
 * `(i + j r) gᵢ / N` mod 1 of the others: a lattice of 4 N points, which moves by whole cells within a run.
 *
 * @param points N, a power of two up to {@link mostPoints}
 * @see N. M. Korobov, "The approximate computation of multiple integrals", 1959.
 */
export function latticeSteps(dimension: number, points: number): Float32Array {
  const runs = points / runLength(dimension, points)
  return Float32Array.from({ length: dimension }, (_, i) => (i === 0 ? mostPoints / runs : (generatorOf(i) * (placeCount / points)) % placeCount))
}

/**
 * What the cells of one coordinate hold, in the order in which a run goes through them, so that it reads consecutive
 * values: for each cell the run may start from its `s` cells, twice over.
 *
 * @param step cells from one point to the next, as a multiple of `cellCount / s`
 */
export function walkOrder(values: ArrayLike<number>, step: number, length: number): number[] {
  const apart = cellCount / length
  return Array.from({ length: 2 * cellCount }, (_, n) => values[Math.floor(n / (2 * length)) + apart * ((n * step) % length)]!)
}

/** Random shifts of lattices, in places, of one draw each; the fraction of a place has eight bits, as float32 allows. */
export function randomShifts(count: number, random: RandomGenerator): Float32Array {
  return Float32Array.from({ length: count }, () => (random.next() >>> 8) / 2 ** 8)
}
