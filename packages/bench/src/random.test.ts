import { expect, it } from 'vitest'
import { randomEntries } from './random.ts'

it('gives the same numbers for the same seed, spread over [-1, 1)', () => {
  const x = randomEntries(10_000, 1)
  expect(randomEntries(10_000, 1)).toEqual(x)
  expect(randomEntries(3, 2)).not.toEqual(x.slice(0, 3))
  expect(x.every(value => value >= -1 && value < 1)).toBe(true)
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length
  const square = x.reduce((sum, value) => sum + value * value, 0) / x.length
  expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(1 / 3 / 10_000))
  expect(Math.abs(square - 1 / 3)).toBeLessThan(5 * Math.sqrt(4 / 45 / 10_000))
})
