import { diagonal, matrix, multiply, svd, transpose } from '@dead-directions/linalg'
import { standardNormals } from '@dead-directions/network'
import { expect, test } from 'vitest'
import { shrinkingMode } from './trajectory-modes.ts'

const [left, right] = [svd(matrix(4, 4, standardNormals(1, 16))).u, svd(matrix(4, 4, standardNormals(2, 16))).u]
const weight = (values: readonly number[]): ReturnType<typeof diagonal> => multiply(multiply(left, diagonal(values)), transpose(right))

test('a mode keeps its name where singular values cross', () => {
  const modes = shrinkingMode([[5, 4, 3, 2], [5, 4, 2.5, 2.1], [5, 4, 1, 2.2], [5, 4, 0.1, 2.3]].map(weight))
  expect(modes.map(({ value }) => Number(value.toFixed(9)))).toEqual([3, 2.5, 1, 0.1])
})

test('a value that was always small is not the one that shrinks', () => {
  const modes = shrinkingMode([[5, 4, 3, 1e-3], [5, 4, 0.3, 1e-3]].map(weight))
  expect(modes.map(({ value }) => Number(value.toFixed(9)))).toEqual([3, 0.3])
})

test('a weight that is zero throughout has a mode of size zero', () => expect(shrinkingMode([matrix(2, 2), matrix(2, 2)]).map(({ value }) => value)).toEqual([0, 0]))
