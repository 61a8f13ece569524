import { expect, test } from 'vitest'
import { canonicalApproach, deadChannel } from './approach.ts'

test.each([
  [{ in: 2, classes: 3, bias: true }, 1, [1, 0, 0, 0.1, 0, 0], [0, 0.1, 0]],
  [{ in: 3, classes: 2 }, 1, [1, 0, 0, 0, 0.1, 0], undefined],
])('the canonical approach of %j is diag(1, …, 1, t) with the dead bias t', (spec, dead, weight, bias) => {
  const parameters = canonicalApproach(spec, 0.1)
  expect(deadChannel(spec)).toBe(dead)
  expect([...(parameters['weight']?.data ?? [])]).toEqual(weight)
  expect(parameters['bias'] && [...parameters['bias'].data]).toEqual(bias)
})
