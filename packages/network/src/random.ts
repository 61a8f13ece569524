import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { mersenne } from 'pure-rand/generator/mersenne'

/**
 * Independent standard normals; the same seed gives the same bits.
 *
 * @param seed any integer
 * @param count how many
 * @example
 * import { standardNormals } from '@dead-directions/network'
 * standardNormals(1, 3).length // 3
 */
export function standardNormals(seed: number, count: number): Float64Array {
  // Neighbouring seeds must not give related streams, which this generator's seeding sees to.
  const generator = mersenne(seed)
  const values = new Float64Array(count)
  for (let i = 0; i < count; i += 2) {
    // Box–Muller: 1 - u lies in (0, 1], so the logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(generator)))
    const angle = 2 * Math.PI * uniformFloat64(generator)
    values[i] = radius * Math.cos(angle)
    if (i + 1 < count) values[i + 1] = radius * Math.sin(angle)
  }
  return values
}

/** Independent uniforms on [0, 1); the same seed gives the same bits. */
export function uniforms(seed: number, count: number): Float64Array {
  const generator = mersenne(seed)
  return Float64Array.from({ length: count }, () => uniformFloat64(generator))
}
