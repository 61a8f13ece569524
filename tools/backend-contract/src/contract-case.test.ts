import { expect, test } from 'vitest'
import { difference } from './contract-case.ts'

test('relative distances are in units of the largest expected value', () => {
  expect(difference(Float64Array.of(1, -4.4), Float64Array.of(1, -4), 'relative')).toEqual({ furthest: expect.closeTo(0.1, 12), refused: 0 })
})

test('a reading refused is counted, and no distance', () => {
  expect(difference(Float64Array.of(NaN, 2), Float64Array.of(1, 2.5), 'absolute')).toEqual({ furthest: 0.5, refused: 1 })
})

test.each([
  ['a number where the reference refuses', [1, 2], [NaN, 2], 'absolute'],
  ['a value that is not finite', [Infinity, 2], [1, 2], 'absolute'],
  ['an output that is no number', [NaN, 2], [1, 2], 'relative'],
  ['another number of values', [1], [1, 2], 'relative'],
] as const)('%s is infinitely far', (_, actual, expected, measure) => {
  expect(difference(Float64Array.from(actual), Float64Array.from(expected), measure).furthest).toBe(Infinity)
})
