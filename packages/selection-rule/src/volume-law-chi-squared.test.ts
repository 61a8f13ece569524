import { expect, test } from 'vitest'
import { chiSquaredTail } from './volume-law-chi-squared.ts'

test.each([
  [1, 3.841458820694124, 0.05],
  [1, 6.634896601021213, 0.01],
  [2, 5.991464547107979, 0.05],
  [3, 0.5844, 0.9],
  [5, 11.070497693516351, 0.05],
  [10, 18.307038053275146, 0.05],
  [13, 27.688249610457056, 0.01],
])('with %i degrees of freedom %f is exceeded with the tabulated probability %f', (freedom, value, probability) => {
  expect(Math.abs(chiSquaredTail(value, freedom) - probability)).toBeLessThan(1e-5)
})

test('is one at zero and falls to nothing', () => {
  for (const freedom of [1, 2, 7, 12]) {
    expect(chiSquaredTail(0, freedom)).toBe(1)
    expect(chiSquaredTail(1e6, freedom)).toBe(0)
  }
})
