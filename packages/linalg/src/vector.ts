import { plainDot } from './workspace-plain.ts'

/**
 * The inner product of two vectors of one length.
 *
 * @throws RangeError when the lengths differ.
 * @example
 * import { dot } from '@dead-directions/linalg'
 * dot(Float64Array.of(1, 2), Float64Array.of(3, 4)) // 11
 */
export function dot(x: Float64Array, y: Float64Array): number {
  if (x.length !== y.length) throw new RangeError(`dot: y has ${y.length} entries, expected ${x.length}, as x has`)
  return plainDot(x, 0, y, 0, x.length)
}

/**
 * The Euclidean length of a vector, without overflow or underflow on the way.
 *
 * @example
 * import { norm } from '@dead-directions/linalg'
 * norm(Float64Array.of(3e200, 4e200)) // 5e200
 */
export function norm(x: Float64Array): number {
  const squares = plainDot(x, 0, x, 0, x.length)
  if (squares > 1e-290 && squares < Infinity) return Math.sqrt(squares)
  const largest = x.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
  if (largest === 0 || !Number.isFinite(largest)) return largest
  return largest * Math.sqrt(x.reduce((sum, value) => sum + (value / largest) ** 2, 0))
}
