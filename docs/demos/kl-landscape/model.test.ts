import { expect, test } from 'vitest'
import { agrees, unwatched } from '../shell/reading.ts'
import { compute } from './model.ts'

test.each([1, 2, 3, 4, 5])('reads slope 2(k-1) and k everywhere on the Gaussian curve of order %i', async k => {
  for (const theta of [1e-4, 0.05, 0.75]) {
    const { lines, fisherHere, divergenceHere } = await compute({ family: 'curve', k, theta }, unwatched, [])
    expect(lines.map(agrees)).toEqual([true, true, true, true])
    expect(fisherHere).toBeCloseTo(k ** 2 * theta ** (2 * k - 2), 12)
    expect(divergenceHere).toBeCloseTo(theta ** (2 * k) / 2, 12)
  }
})

test('on the mixture the slope agrees with its limit near the truth and differs far from it', async () => {
  const slopeAt = async (theta: number) => (await compute({ family: 'mixture', k: 1, theta }, unwatched, [])).lines.map(agrees)[0]
  expect(await slopeAt(0.01)).toBe(true)
  expect(await slopeAt(0.7)).toBe(false)
})
