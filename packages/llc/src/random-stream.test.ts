import { expect, test } from 'vitest'
import { randomStream, streamSeeds } from './random-stream.ts'

test('normals have the moments of a standard normal, and chains of one seed are unrelated', () => {
  const [one, two] = streamSeeds(3, 2).map(seed => {
    const { normal } = randomStream(seed)
    return Float64Array.from({ length: 20_000 }, normal)
  })
  const mean = (of: (i: number) => number): number => one!.reduce((sum, _, i) => sum + of(i), 0) / 20_000
  const error = 4 / Math.sqrt(20_000)
  expect(Math.abs(mean(i => one![i]!))).toBeLessThan(error)
  expect(Math.abs(mean(i => one![i]! ** 2) - 1)).toBeLessThan(error * Math.SQRT2)
  expect(Math.abs(mean(i => one![i]! * one![i ^ 1]!))).toBeLessThan(error * Math.SQRT2)
  expect(Math.abs(mean(i => one![i]! * two![i]!))).toBeLessThan(error)
})

test('integers lie in their range and repeat with the seed', () => {
  const draw = () => randomStream(5).integers(1000, 7)
  expect(draw()).toEqual(draw())
  expect([...new Set(draw())].sort()).toEqual([0, 1, 2, 3, 4, 5, 6])
})
