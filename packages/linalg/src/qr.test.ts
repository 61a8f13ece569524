import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distance, orthonormalityError, permuteColumns } from '../test/closeness.ts'
import { randomEntries } from '../test/random.ts'
import { fromRows, matrix, multiply } from './matrix.ts'
import { qr } from './qr.ts'

const size = fc.integer({ min: 1, max: 12 })

describe('qr', () => {
  it('rebuilds A from an orthonormal Q and an upper triangular R', () => {
    fc.assert(
      fc.property(size, size, fc.boolean(), fc.integer(), (m, n, pivoting, seed) => {
        const a = matrix(m, n, randomEntries(m * n, seed))
        const { q, r, permutation } = qr(a, { pivoting })
        expect([q.cols, r.rows]).toEqual([Math.min(m, n), Math.min(m, n)])
        expect(distance(multiply(q, r), permuteColumns(a, permutation))).toBeLessThan(2e-15 * (m + n))
        expect(orthonormalityError(q)).toBeLessThan(1e-15 * (m + n))
        for (let i = 0; i < r.rows; i++) for (let j = 0; j < i; j++) expect(r.data[i * n + j]).toBe(0)
      }),
    )
  })

  it('with pivoting makes each diagonal entry at least as long as every later column below it', () => {
    fc.assert(
      fc.property(size, size, fc.integer(), (m, n, seed) => {
        const { r } = qr(matrix(m, n, randomEntries(m * n, seed)), { pivoting: true })
        for (let k = 0; k < r.rows; k++)
          for (let j = k; j < n; j++) {
            let length = 0
            for (let i = k; i < r.rows; i++) length = Math.hypot(length, r.data[i * n + j]!)
            expect(Math.abs(r.data[k * n + k]!)).toBeGreaterThanOrEqual(length * (1 - 1e-14))
          }
      }),
    )
  })

  it('keeps the column order without pivoting', () => {
    expect(qr(fromRows([[1, 3], [0, 4]])).permutation).toEqual(Int32Array.of(0, 1))
    const { r, permutation } = qr(fromRows([[1, 3], [0, 4]]), { pivoting: true })
    expect(permutation).toEqual(Int32Array.of(1, 0))
    expect(distance(r, fromRows([[-5, -0.6], [0, -0.8]]))).toBeLessThan(1e-15)
  })

  it('survives entries whose squares leave the float64 range, and zeros', () => {
    for (const unit of [1e-200, 1e200]) {
      const { q, r } = qr(fromRows([[3 * unit, unit], [4 * unit, unit]]))
      expect(orthonormalityError(q)).toBeLessThan(1e-15)
      expect(Math.abs(r.data[0]!) / (5 * unit)).toBeCloseTo(1, 14)
    }
    expect(orthonormalityError(qr(matrix(3, 2), { pivoting: true }).q)).toBe(0)
    expect(qr(matrix(0, 3)).r.rows).toBe(0)
  })

  it('refuses what is not finite', () => {
    expect(() => qr(fromRows([[Infinity]]))).toThrow('qr: entry (0, 0) is Infinity, expected a finite number')
  })
})
