import { expect, test } from 'vitest'
import { fitCandidate } from './volume-law-candidate.ts'

const depths = Float64Array.from({ length: 12 }, (_, i) => 60 - 5 * i)
const tenths = (vector: ArrayLike<number>): Float64Array => Float64Array.from(vector, value => value / 0.1)

test.each([1, 2, 3])('finds λ, m and the shift of an exact law with m = %i, with nothing left over', m => {
  const logs = depths.map(depth => 1.5 - 0.7 * depth + (m - 1) * Math.log(depth + 4))
  const fit = fitCandidate(m, depths, logs, tenths)
  expect(fit.lambda).toBeCloseTo(0.7, 5)
  expect(fit.shift).toBeCloseTo(m === 1 ? 0 : 4, 2)
  expect(fit.chiSquared).toBeLessThan(1e-6)
  expect(fit.freedom).toBe(12 - m - 1)
})

test('at m = 1 the error of λ is that of a straight line', () => {
  const mean = depths.reduce((sum, depth) => sum + depth, 0) / 12
  const spread = depths.reduce((sum, depth) => sum + (depth - mean) ** 2, 0)
  expect(fitCandidate(1, depths, depths, tenths).standardError).toBeCloseTo(0.1 / Math.sqrt(spread), 12)
})

test('of a law with another m something is left over', () => {
  const logs = depths.map(depth => -0.7 * depth + Math.log(depth))
  const fine = (vector: ArrayLike<number>): Float64Array => Float64Array.from(vector, value => value / 1e-3)
  expect(fitCandidate(1, depths, logs, fine).fitProbability).toBeLessThan(1e-9)
  expect(fitCandidate(2, depths, logs, fine).fitProbability).toBeGreaterThan(0.99)
})
