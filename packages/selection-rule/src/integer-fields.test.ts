import { expect, test } from 'vitest'
import { integers, priorOrdersFor, rankWithin } from './integer-fields.ts'

test('a list is refused for what it is, for its length and for its first wrong entry', () => {
  expect(integers('orders', [1, 2], 1, 2)).toEqual([1, 2])
  expect(() => integers('orders', 3 as unknown as number[], 1, 0)).toThrow(new RangeError('orders: got 3, expected an array of at least 0'))
  expect(() => integers('orders', [1], 1, 2)).toThrow(new RangeError('orders: got 1 entries, expected an array of at least 2'))
  expect(() => integers('orders', [1, 2 ** 53], 1, 2)).toThrow(new RangeError(`orders[1]: got ${2 ** 53}, expected an integer of at least 1`))
})

test('a rank reaches from zero to the smallest size', () => {
  expect([rankWithin(0, [3, 2]), rankWithin(2, [3, 2])]).toEqual([0, 2])
  expect(() => rankWithin(0.5, [3, 2])).toThrow(new RangeError('rank: got 0.5, expected an integer from 0 to 2, the smallest size'))
})

test('no prior orders mean a flat prior', () => {
  expect(priorOrdersFor([2, 3], undefined)).toEqual([0, 0])
})
