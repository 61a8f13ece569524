import { expect, test } from 'vitest'
import { deepLinear } from './deep-linear.ts'

test('keeps the features below the rank and drops the others', () => {
  const { training } = deepLinear({ width: 3, rank: 2, samples: 5 })
  for (let i = 0; i < 15; i++) expect(training.targets.data[i]).toBe(i % 3 === 2 ? 0 : training.inputs.data[i])
})

test('training and validation inputs are different draws of unit variance', () => {
  const { training, validation } = deepLinear({ width: 4, samples: 1000 })
  const moment = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * (b[i] as number), 0) / a.length
  // Five standard deviations of the mean of 4000 squares, and of as many products.
  expect(Math.abs(moment(training.inputs.data, training.inputs.data) - 1)).toBeLessThan(5 * Math.sqrt(2 / 4000))
  expect(Math.abs(moment(training.inputs.data, validation.inputs.data))).toBeLessThan(5 / Math.sqrt(4000))
})

test.each([
  [{ rank: 5 }, 'deep-linear.rank: got 5, expected at most the width 4'],
  [{ layers: 1 }, 'deep-linear.layers: got 1, expected at least 2'],
])('%o is refused', (options, message) => {
  expect(() => deepLinear(options)).toThrow(message)
})
