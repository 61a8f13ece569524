import fc from 'fast-check'
import { expect, test } from 'vitest'
import { batchRows, permutation, streamSeed } from './order.ts'

test('a permutation holds every number once, and depends on its seed', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 300 }), (seed, count) => {
      expect([...permutation(seed, count)].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i))
    }),
  )
  expect(permutation(1, 50)).not.toEqual(permutation(2, 50))
})

test('every position of a short permutation holds every number equally often', () => {
  const counts = Array.from({ length: 9 }, () => 0)
  const seeds = 9000
  for (let seed = 0; seed < seeds; seed++) permutation(streamSeed(7, seed), 3).forEach((value, at) => (counts[3 * at + value] = (counts[3 * at + value] as number) + 1))
  // Five standard deviations of a binomial.
  for (const count of counts) expect(Math.abs(count - seeds / 3)).toBeLessThan(5 * Math.sqrt((seeds * 2) / 9))
})

test('the streams of neighbouring seeds have seeds of their own', () => {
  const seeds = Array.from({ length: 10_000 }, (_, i) => streamSeed(Math.floor(i / 100), i % 100))
  expect(new Set(seeds).size).toBe(seeds.length)
})

test('the batches of an epoch never share a row, and fill it but for a remainder', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 2, max: 60 }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 5 }), (seed, rows, size, epoch) => {
      fc.pre(size < rows)
      const batches = Math.floor(rows / size)
      const taken = Array.from({ length: batches }, (_, i) => [...batchRows({ rows, size, seed, step: epoch * batches + i + 1 })])
      expect(taken.every(batch => batch.length === size && batch.every(row => row >= 0 && row < rows))).toBe(true)
      expect(new Set(taken.flat()).size).toBe(batches * size)
    }),
  )
})

test('a batch that is no smaller than the sample is the sample', () => {
  expect([...batchRows({ rows: 4, size: 9, seed: 1, step: 3 })]).toEqual([0, 1, 2, 3])
})
