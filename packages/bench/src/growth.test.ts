import { expect, it } from 'vitest'
import { grow, growthOf } from './growth.ts'

it('finds the exponent and the coefficient of a power law, in every step and over all', () => {
  const sizes = [1, 2, 4, 8]
  const { points, powerLaw } = growthOf(sizes, sizes.map(n => [3 * n ** 2, 6 * n ** 2]))
  expect(points.map(({ size }) => size)).toEqual(sizes)
  expect(points[0]?.exponent).toBeNull()
  for (const { exponent } of points.slice(1)) expect(exponent?.median).toBeCloseTo(2, 12)
  expect(powerLaw.exponent).toBeCloseTo(2, 12)
  expect(powerLaw.coefficient).toBeCloseTo(3 * Math.SQRT2, 12)
  // Residuals of ±log(2)/2 in eight points whose sizes spread by 5/4 log(2)² about their mean.
  expect(powerLaw.standardError).toBeCloseTo(Math.sqrt(1 / 4 / (5 / 4) / 6), 12)
})

it('times every size once a round and the smallest of each series once before', async () => {
  const runs: string[] = []
  const work = (name: string) => ({ name, variable: 'size', sizes: [1, 2, 3], prepare: async (size: number) => async () => void runs.push(`${name}${size}`) })
  const { rounds, series } = await grow({ name: 'two', rounds: 5, series: [work('a'), work('b')] }, 2)
  expect(rounds).toBe(2)
  expect(series.map(({ points }) => points.map(({ size }) => size))).toEqual([[1, 2, 3], [1, 2, 3]])
  const round = ['a1', 'a2', 'a3', 'b1', 'b2', 'b3']
  expect(runs).toEqual(['a1', 'b1', ...round, ...round])
  await expect(grow({ name: 'none', rounds: 0, series: [] })).rejects.toThrow('rounds: got 0, expected a whole number of at least 1')
})
