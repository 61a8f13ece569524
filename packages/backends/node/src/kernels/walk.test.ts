import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { stridesOf } from '../dense.ts'
import { broadcastStrides, copy, eachBlock, walkOf } from './walk.ts'

test('axes over which every operand steps evenly become one', () => {
  expect(walkOf([2, 3, 4], [[12, 4, 1], [12, 4, 1]])).toEqual({ dims: [24], steps: [[1], [1]] })
  expect(walkOf([2, 3, 4], [[12, 4, 1], [0, 0, 1]])).toEqual({ dims: [6, 4], steps: [[4, 1], [0, 1]] })
  expect(walkOf([2, 1, 4], [[4, 4, 1], [0, 0, 0]])).toEqual({ dims: [8], steps: [[1], [0]] })
  expect(walkOf([], [[], []])).toEqual({ dims: [1], steps: [[0], [0]] })
})

test('an axis of length zero leaves nothing to visit', () => {
  let visits = 0
  eachBlock(walkOf([2, 0], [[0, 1]]), 1, () => visits++)
  expect(visits).toBe(0)
})

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 })

test('a copy through permuted strides puts every entry where its index says', () => {
  fc.assert(
    fc.property(
      shapes.chain(shape => fc.tuple(fc.constant(shape), fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }))),
      ([shape, order]) => {
        const size = shape.reduce((a, b) => a * b, 1)
        const from = Float64Array.from({ length: size }, (_, i) => i)
        const to = new Float64Array(size)
        const strides = stridesOf(shape)
        const permuted = order.map(axis => shape[axis]!)
        const read = order.map(axis => strides[axis]!)
        copy(permuted, { values: from, offset: 0, strides: read }, { values: to, offset: 0, strides: stridesOf(permuted) })
        const written = stridesOf(permuted)
        for (let k = 0; k < size; k++) {
          const index = written.map((stride, axis) => Math.floor(k / stride) % permuted[axis]!)
          expect(to[k]).toBe(index.reduce((sum, i, axis) => sum + i * read[axis]!, 0))
        }
      },
    ),
    { seed: 1 },
  )
})

test('broadcast strides are zero where an axis is repeated', () => {
  expect(broadcastStrides([3, 1], [2, 3, 4])).toEqual([0, 1, 0])
  expect(broadcastStrides([], [2, 3])).toEqual([0, 0])
  expect(broadcastStrides([2, 3], [2, 3])).toEqual([3, 1])
})
