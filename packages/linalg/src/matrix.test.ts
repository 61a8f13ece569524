import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomEntries } from '../test/random.ts'
import { column, diagonal, fromRows, identity, matrix, multiply, transpose } from './matrix.ts'

describe('matrix', () => {
  it('keeps the data it is given, row by row', () => {
    const data = Float64Array.of(1, 2, 3, 4, 5, 6)
    expect(matrix(2, 3, data).data).toBe(data)
    expect(fromRows([[1, 2, 3], [4, 5, 6]]).data).toEqual(data)
    expect(column(matrix(2, 3, data), 1)).toEqual(Float64Array.of(2, 5))
    expect(diagonal([7, 8]).data).toEqual(Float64Array.of(7, 0, 0, 8))
  })

  it('multiplies as (A·B)ᵀ = Bᵀ·Aᵀ with the same bits', () => {
    const size = fc.integer({ min: 0, max: 12 })
    fc.assert(
      fc.property(size, size, size, fc.integer(), (m, n, k, seed) => {
        const a = matrix(m, k, randomEntries(m * k, seed))
        const b = matrix(k, n, randomEntries(k * n, seed + 1))
        expect(transpose(multiply(a, b))).toEqual(multiply(transpose(b), transpose(a)))
        expect(multiply(a, identity(k))).toEqual(a)
      }),
    )
  })

  it('refuses sizes that do not fit, naming them', () => {
    expect(() => matrix(2, 2, new Float64Array(3))).toThrow('matrix: data has 3 entries, expected 2 × 2 = 4')
    expect(() => matrix(-1, 2)).toThrow('matrix: size is -1 × 2, expected whole numbers of at least 0')
    expect(() => fromRows([[1, 2], [3]])).toThrow('fromRows: row 1 has 1 entries, expected 2')
    expect(() => multiply(identity(2), identity(3))).toThrow('multiply: b has 3 rows, expected 2')
    expect(() => column(identity(2), 2)).toThrow('column: j is 2, expected a whole number from 0 to 1')
  })
})
