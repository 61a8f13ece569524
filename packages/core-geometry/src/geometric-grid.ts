/**
 * Points in geometric progression, both ends included exactly.
 *
 * @param from first point, positive
 * @param to last point, positive; smaller than `from` for a descending grid
 * @param count number of points, at least 2
 * @throws RangeError when an end is not positive and finite or `count` is not a whole number of at least 2
 * @example
 * import { geometricGrid } from '@dead-directions/core-geometry'
 * geometricGrid(1e-3, 1, 4) // Float64Array [0.001, 0.01, 0.1, 1], up to rounding
 */
export function geometricGrid(from: number, to: number, count: number): Float64Array {
  for (const [name, value] of [['from', from], ['to', to]] as const) {
    if (!(value > 0 && value < Infinity)) throw new RangeError(`${name}: got ${value}, expected a positive number`)
  }
  if (!Number.isInteger(count) || count < 2) throw new RangeError(`count: got ${count}, expected a whole number of at least 2`)
  const grid = Float64Array.from({ length: count }, (_, i) => from * (to / from) ** (i / (count - 1)))
  grid[count - 1] = to
  return grid
}
