import { expect, test } from 'vitest'
import { agrees, unwatched } from '../shell/reading.ts'
import { compute } from './model.ts'
import { posterior } from './posterior.ts'

test('a regular direction has a normal posterior of variance one half at every noise', () => {
  for (const noise of [-4, 0, 2.5]) {
    const { mean, variance, eta, density } = posterior(1, noise)
    expect(mean).toBeCloseTo(noise / 2, 10)
    expect(variance).toBeCloseTo(0.5, 10)
    expect(density.reduce((sum, value) => sum + value, 0) * (eta[1]! - eta[0]!)).toBeCloseTo(1, 12)
  }
})

test.each([1, 2, 3, 4, 5, 6, 7, 8])('sampled ν, the identity at Z and the frozen value agree at k = %i', async k => {
  const { lines } = await compute({ k, noise: -2.25, draws: 400, seed: 3 }, unwatched, [])
  expect(lines.map(agrees)).toEqual([true, true, true])
})
