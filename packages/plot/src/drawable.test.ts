import { expect, it } from 'vitest'
import { checkLengths, droppedNote, halfLogPoints, logPoints } from './drawable.ts'

it('keeps what a log–log picture shows and counts the rest by reason', () => {
  const { points, dropped } = logPoints([10, 0, 1, 1, 1], Float64Array.of(100, 1, -1, NaN, 0))
  expect(points).toEqual([{ t: 10, value: 100, x: 1, y: 2 }])
  expect(dropped).toEqual({ zero: 2, negative: 1, notFinite: 1 })
})

it('keeps zero and negative values on a linear axis', () => {
  const { points, dropped } = halfLogPoints([1, 100, -1], [0, -3, 1])
  expect(points.map(({ x, y }) => [x, y])).toEqual([[0, 0], [2, -3]])
  expect(dropped).toEqual({ zero: 0, negative: 1, notFinite: 0 })
})

it('says nothing of a series that lost nothing', () => {
  expect(droppedNote('F', { zero: 0, negative: 0, notFinite: 0 }, 5)).toEqual([])
  expect(droppedNote('F', { zero: 2, negative: 0, notFinite: 1 }, 5)).toEqual(['F: 3 of 5 values not drawn (2 zero, 1 not finite).'])
})

it('names the field, what came and what was expected', () => {
  expect(() => checkLengths('series[1].values', 2, 3)).toThrow(new RangeError('series[1].values: got 2 numbers, expected 3, as many as t has'))
})
