import { matrix } from '@dead-directions/linalg'
import { standardNormals } from '@dead-directions/network'
import { expect, test } from 'vitest'
import { waic } from './waic.ts'

test('of a normal mean under a flat prior is what its Gaussian integrals say', () => {
  // x_i ~ N(w, 1), posterior N(x̄, 1/n): V = s² + 1/(2n), and log E_w p(x_i|w) is the density of N(x̄, 1 + 1/n).
  const [n, draws] = [20, 40_000]
  const x = standardNormals(1, n)
  const mean = x.reduce((sum, value) => sum + value, 0) / n
  const spread = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n
  const w = standardNormals(2, draws).map(z => mean + z / Math.sqrt(n))
  const logDensity = (square: number, variance: number) => -0.5 * Math.log(2 * Math.PI * variance) - square / (2 * variance)
  const { value, trainingLoss, functionalVariance } = waic(matrix(draws, n, Float64Array.from({ length: draws * n }, (_, i) => logDensity((x[i % n]! - w[Math.floor(i / n)]!) ** 2, 1))))
  const exactLoss = -x.reduce((sum, own) => sum + logDensity((own - mean) ** 2, 1 + 1 / n), 0) / n
  const exactVariance = spread + 1 / (2 * n)
  // Relative Monte-Carlo errors of about √(2/draws) = 0.7 %.
  expect(Math.abs(functionalVariance / exactVariance - 1)).toBeLessThan(0.025)
  expect(Math.abs(trainingLoss - exactLoss)).toBeLessThan(2e-3)
  expect(value).toBeCloseTo(trainingLoss + functionalVariance / n, 12)
})

test('survives log-likelihoods whose exponentials underflow', () => {
  expect(waic(matrix(2, 1, Float64Array.of(-2000, -2000))).trainingLoss).toBe(2000)
})
