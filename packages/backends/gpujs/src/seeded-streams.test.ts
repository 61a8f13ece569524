import { describe, expect, test } from 'vitest'
import { callSeedOf, streamFunctions, withSeededStreams } from './seeded-streams.ts'

/** The first draws of a stream by the JavaScript that kernels are given. */
function draws(thread: number, seed: number, count: number): number[] {
  const text = `${Object.values(streamFunctions).join('\n')}\nbeginStream(thread, seed)\nreturn Array.from({ length: count }, drawUniform)`
  return new Function('thread', 'seed', 'count', text)(thread, seed, count) as number[]
}

/** The same by the definition of PCG RXS-M-XS 32, in exact integers. */
function exactDraws(thread: number, seed: number, count: number): number[] {
  const word = (value: bigint): bigint => value & 0xffffffffn
  const step = (state: bigint): bigint => word(state * 747796405n + 2891336453n)
  let state = step(word(BigInt(seed) + BigInt(thread) * 2654435769n))
  return Array.from({ length: count }, () => {
    state = step(state)
    const mixed = word(((state >> ((state >> 28n) + 4n)) ^ state) * 277803737n)
    return Number(((mixed >> 22n) ^ mixed) >> 8n) / 2 ** 24
  })
}

describe('streams of the cpu mode', () => {
  test.each([
    [0, 0],
    [1, 7],
    [8191, 4294967295],
  ])('are PCG: thread %i, seed %i', (thread, seed) => {
    expect(draws(thread, seed, 50)).toEqual(exactDraws(thread, seed, 50))
  })

  test('are spread evenly', () => {
    const counts = new Float64Array(16)
    for (const value of draws(3, 5, 16_000)) counts[Math.floor(16 * value)]!++
    const chiSquared = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
    // 15 degrees of freedom: 44 is exceeded once in ten thousand times.
    expect(chiSquared).toBeLessThan(44)
  })
})

describe('kernel texts', () => {
  test('draw from the stream of their thread, whose seed is one more argument', () => {
    expect(withSeededStreams('function (n) { return n * Math.random() + Math.random() }')).toBe(
      'function (n, streamSeed) {\n  let streamStarted = beginStream(this.thread.x + this.output.x * this.thread.y, streamSeed); return n * drawUniform() + drawUniform() }',
    )
    expect(withSeededStreams('function () { return 1 }')).toBe('function (streamSeed) { return 1 }')
  })

  test('calls have seeds of their own', () => {
    const seeds = Array.from({ length: 2000 }, (_, call) => callSeedOf(1, call))
    expect(new Set([...seeds, ...Array.from({ length: 2000 }, (_, call) => callSeedOf(2, call))]).size).toBe(4000)
    expect(seeds.every(seed => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)).toBe(true)
  })
})
