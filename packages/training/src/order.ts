import { uniforms } from '@dead-directions/network'

/**
 * A seed for the `index`th stream of a seed, unrelated to its neighbours'.
 *
 * @param seed any integer
 * @param index a whole number
 * @returns a whole number below 2³²; MurmurHash3's finaliser over both
 */
export function streamSeed(seed: number, index: number): number {
  return finalised(finalised(seed) ^ Math.imul(index, 0x9e3779b1))
}

function finalised(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35)
  return (twice ^ (twice >>> 16)) >>> 0
}

/** The whole numbers below `count` in an order that depends on the seed alone. */
export function permutation(seed: number, count: number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i)
  const draws = uniforms(seed, count)
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor((draws[i] as number) * (i + 1))
    const kept = order[i] as number
    order[i] = order[j] as number
    order[j] = kept
  }
  return order
}

/**
 * The rows of a sample that a step is taken on: whole epochs, each in an order of its own, so that a run needs no state of a
 * random stream to go on. What does not fill a batch at the end of an epoch is left out of it.
 *
 * @param rows how many the sample has
 * @param size of a batch; all rows in their own order where it is `rows` or more
 * @param step 1 is the first
 * @example
 * import { batchRows } from '@dead-directions/training'
 * batchRows({ rows: 10, size: 3, seed: 0, step: 4 }) // three rows of the second epoch
 */
export function batchRows({ rows, size, seed, step }: { readonly rows: number; readonly size: number; readonly seed: number; readonly step: number }): Int32Array {
  if (size >= rows) return Int32Array.from({ length: rows }, (_, i) => i)
  const batches = Math.floor(rows / size)
  const [epoch, batch] = [Math.floor((step - 1) / batches), (step - 1) % batches]
  return permutation(streamSeed(seed, epoch), rows).slice(batch * size, (batch + 1) * size)
}
