import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { mersenne } from 'pure-rand/generator/mersenne'

/** Random numbers of one chain; the same seed gives the same bits. */
export interface RandomStream {
  /** On [0, 1). */
  uniform(): number
  normal(): number
  /** `count` whole numbers from 0 to `limit - 1`, drawn with replacement. */
  integers(count: number, limit: number): Int32Array
}

/** A stream of uniforms, normals and whole numbers. */
export function randomStream(seed: number): RandomStream {
  const generator = mersenne(seed)
  let spare: number | null = null
  return {
    uniform: () => uniformFloat64(generator),
    normal() {
      if (spare !== null) {
        const value = spare
        spare = null
        return value
      }
      // Box–Muller: 1 - u lies in (0, 1], so the logarithm is finite.
      const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(generator)))
      const angle = 2 * Math.PI * uniformFloat64(generator)
      spare = radius * Math.sin(angle)
      return radius * Math.cos(angle)
    },
    integers: (count, limit) => Int32Array.from({ length: count }, () => uniformInt(generator, 0, limit - 1)),
  }
}

/** Unrelated seeds for `count` streams. */
export function streamSeeds(seed: number, count: number): readonly number[] {
  const generator = mersenne(seed)
  return Array.from({ length: count }, () => uniformInt(generator, 0, 0x7fffffff))
}
