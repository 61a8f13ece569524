import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distance } from '../test/closeness.ts'
import { randomEntries } from '../test/random.ts'
import { pivotedCholesky } from './cholesky.ts'
import { diagonal, fromRows, matrix, multiply, transpose } from './matrix.ts'
import type { Matrix } from './matrix.ts'

const gram = (f: Matrix): Matrix => multiply(transpose(f), f)

describe('pivotedCholesky', () => {
  it('rebuilds a Gram matrix in permuted order and finds its rank', () => {
    const size = fc.integer({ min: 1, max: 10 })
    fc.assert(
      fc.property(size, size, fc.integer(), (m, n, seed) => {
        const a = gram(matrix(m, n, randomEntries(m * n, seed)))
        const { l, permutation, rank } = pivotedCholesky(a)
        const permuted = matrix(n, n)
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) permuted.data[i * n + j] = a.data[permutation[i]! * n + permutation[j]!]!
        expect(rank).toBe(Math.min(m, n))
        expect(l.cols).toBe(rank)
        expect(distance(multiply(l, transpose(l)), permuted)).toBeLessThan(1e-14 * m)
      }),
    )
  })

  it('keeps the full rank of a matrix graded over 300 decades', () => {
    const d = diagonal([1e-150, 1, 1e-70])
    const b = fromRows([[2, 1, 0], [1, 2, 1], [0, 1, 2]])
    const { l, rank, permutation } = pivotedCholesky(multiply(multiply(d, b), d))
    expect(rank).toBe(3)
    expect(permutation).toEqual(Int32Array.of(1, 2, 0))
    expect(l.data[8]! / 1e-150).toBeCloseTo(Math.sqrt(2 - 1 / 2 - (1 / 2) ** 2 / (3 / 2)), 14)
  })

  it('gives rank 0 for zeros', () => {
    expect(pivotedCholesky(matrix(2, 2))).toEqual({ l: matrix(2, 0), permutation: Int32Array.of(0, 1), rank: 0 })
  })

  it('refuses what is not square, symmetric, finite or positive semidefinite', () => {
    expect(() => pivotedCholesky(matrix(2, 3))).toThrow('pivotedCholesky: a is 2 × 3, expected a square matrix')
    expect(() => pivotedCholesky(fromRows([[1, 2], [3, 9]]))).toThrow(
      'pivotedCholesky: entries (1, 0) and (0, 1) are 3 and 2, expected equal',
    )
    expect(() => pivotedCholesky(fromRows([[1, 0], [0, Number.NaN]]))).toThrow('entry (1, 1) is NaN')
    for (const rows of [[[1, 2], [2, 1]], [[0, 1], [1, 0]], [[1, 0], [0, -1e-9]], [[-1]]])
      expect(() => pivotedCholesky(fromRows(rows))).toThrow('pivotedCholesky: a has a negative eigenvalue')
  })
})
