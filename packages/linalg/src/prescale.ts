import type { Matrix } from './matrix.ts'

/** With the largest entry near 2^490 sums of squares do not overflow, and squares underflow only 10^300 below. */
const targetExponent = 490

/**
 * The power of two that brings A's largest entry near 2^490 (1 for a zero matrix).
 *
 * @throws RangeError when an entry is not finite.
 */
export function scaleOf(a: Matrix, caller: string): number {
  let largest = 0
  for (let i = 0; i < a.data.length; i++) {
    const size = Math.abs(a.data[i]!)
    if (!(size <= Number.MAX_VALUE)) {
      const place = `(${Math.floor(i / a.cols)}, ${i % a.cols})`
      throw new RangeError(`${caller}: entry ${place} is ${a.data[i]}, expected a finite number`)
    }
    if (size > largest) largest = size
  }
  return largest === 0 ? 1 : 2 ** Math.min(1023, targetExponent - Math.floor(Math.log2(largest)))
}
