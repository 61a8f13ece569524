import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { distance, orthonormalityError } from '../test/closeness.ts'
import { gradedMatrices } from '../test/graded.ts'
import { countCorrect } from '../test/inertia.ts'
import { randomEntries } from '../test/random.ts'
import { diagonal, fromRows, matrix, multiply, transpose } from './matrix.ts'
import type { Matrix } from './matrix.ts'
import { qr } from './qr.ts'
import { singularValues, svd } from './svd.ts'

const size = fc.integer({ min: 1, max: 14 })
const random = (m: number, n: number, seed: number): Matrix => matrix(m, n, randomEntries(m * n, seed))

function expectDecomposes(a: Matrix): void {
  const { u, s, v } = svd(a)
  const bound = 2e-15 * (a.rows + a.cols)
  expect([u.rows, u.cols, v.rows, v.cols]).toEqual([a.rows, s.length, a.cols, s.length])
  expect(orthonormalityError(u)).toBeLessThanOrEqual(bound)
  expect(orthonormalityError(v)).toBeLessThanOrEqual(bound)
  expect(distance(multiply(multiply(u, diagonal(s)), transpose(v)), a)).toBeLessThanOrEqual(bound * (s[0] ?? 0))
  for (let i = 1; i < s.length; i++) expect(s[i]).toBeLessThanOrEqual(s[i - 1]!)
}

afterEach(() => void vi.unstubAllGlobals())

describe('svd', () => {
  it('rebuilds A from orthonormal vectors and descending values, tall, wide and square', () => {
    fc.assert(fc.property(size, size, fc.integer(), (m, n, seed) => expectDecomposes(random(m, n, seed))))
  })

  it('does so for products of low rank, repeated columns and zero rows', () => {
    fc.assert(
      fc.property(size, size, fc.integer({ min: 1, max: 5 }), fc.integer(), (m, n, rank, seed) => {
        const a = multiply(random(m, rank, seed), random(rank, n, seed + 1))
        const s = svd(a).s
        expectDecomposes(a)
        for (let i = rank; i < s.length; i++) expect(s[i]).toBeLessThan(1e-14 * s[0]!)
      }),
    )
    expectDecomposes(fromRows([[1, 1, 0], [1, 1, 0], [0, 0, 0], [2, 2, 0]]))
  })

  it('gives 2 sin((2k-1)π/(4n+2)) on the n × n difference matrix', () => {
    const n = 30
    const a = matrix(n, n)
    for (let i = 0; i < n; i++) {
      a.data[i * n + i] = 1
      if (i > 0) a.data[i * n + i - 1] = -1
    }
    svd(a).s.forEach((value, i) => {
      const exact = 2 * Math.sin(((2 * (n - i) - 1) * Math.PI) / (4 * n + 2))
      expect(Math.abs(value / exact - 1)).toBeLessThan(1e-13)
    })
  })

  it.each([1, 2])('finds all twenty and sixteen values from 1 to 1e-18 to twelve digits (seed %i)', seed => {
    const { columns, rows, both } = gradedMatrices(seed)
    expect(countCorrect(columns, svd(columns).s, 1e-12)).toBe(20)
    expect(countCorrect(rows, svd(rows).s, 1e-12)).toBe(16)
    expect(countCorrect(both, svd(both).s, 1e-12)).toBe(16)
  })

  it('is judged by a count that notices a value wrong in its ninth digit', () => {
    const { rows } = gradedMatrices(1)
    const s = svd(rows).s.map((value, i) => (i === 9 ? value * (1 + 3e-9) : value))
    expect(countCorrect(rows, s, 1e-9)).toBe(15)
  })

  it('finds left vectors of graded columns with a small residual in each column, Aᵀ·u - s·v beside its size', () => {
    const { rows } = gradedMatrices(3)
    const a = transpose(rows)
    const { u, s, v } = svd(a)
    const left = multiply(transpose(a), u)
    s.forEach((value, j) => {
      for (let i = 0; i < a.cols; i++) {
        const scale = Math.max(...Array.from({ length: a.rows }, (_, k) => Math.abs(a.data[k * a.cols + i]!)))
        expect(Math.abs(left.data[i * s.length + j]! - value * v.data[i * s.length + j]!)).toBeLessThan(1e-13 * scale)
      }
    })
  })

  it('reads a permuted diagonal from 1 to 1e-300 exactly', () => {
    const s = svd(fromRows([[0, 1e-300, 0], [1, 0, 0], [0, 0, -1e-150]])).s
    expect([...s]).toEqual([1, 1e-150, 1e-300])
  })

  it('scales exactly with powers of two', () => {
    const a = random(9, 6, 1)
    const { u, s, v } = svd(a)
    for (const factor of [2 ** -900, 2 ** 900]) {
      const scaled = svd(matrix(9, 6, a.data.map(value => value * factor)))
      expect(scaled).toEqual({ u, s: s.map(value => value * factor), v })
    }
  })

  it('keeps its values under orthogonal factors on either side', () => {
    fc.assert(
      fc.property(size, size, fc.integer(), (m, n, seed) => {
        const a = random(m, n, seed)
        const turned = multiply(multiply(qr(random(m, m, seed + 1)).q, a), qr(random(n, n, seed + 2)).q)
        const s = singularValues(a)
        singularValues(turned).forEach((value, i) => expect(Math.abs(value - s[i]!)).toBeLessThan(1e-14 * (m + n)))
      }),
    )
  })

  it('is defined for rows, columns, zeros and empty matrices', () => {
    expect(svd(fromRows([[3, 4]])).s[0]).toBeCloseTo(5, 14)
    expect(svd(fromRows([[3], [4]])).s[0]).toBeCloseTo(5, 14)
    expect(svd(matrix(3, 2)).s).toEqual(new Float64Array(2))
    for (const a of [matrix(3, 2), matrix(2, 3), matrix(0, 0), matrix(0, 3), matrix(3, 0)]) expectDecomposes(a)
  })

  it('refuses what is not finite', () => {
    expect(() => svd(fromRows([[1], [Number.NaN]]))).toThrow('svd: entry (1, 0) is NaN, expected a finite number')
    expect(() => singularValues(fromRows([[Infinity]]))).toThrow('singularValues: entry (0, 0) is Infinity')
  })

  it('has the same bits without WebAssembly', async () => {
    const a = random(40, 23, 5)
    const expected = svd(a)
    vi.stubGlobal('WebAssembly', undefined)
    vi.resetModules()
    const fallback = await import('./svd.ts')
    expect(fallback.svd(a)).toEqual(expected)
  })
})

describe('singularValues', () => {
  it('agrees with svd, with the transpose, and with ‖A‖² = Σ s²', () => {
    fc.assert(
      fc.property(size, size, fc.integer(), (m, n, seed) => {
        const a = random(m, n, seed)
        const s = singularValues(a)
        expect(s).toEqual(singularValues(m < n ? transpose(a) : a))
        svd(a).s.forEach((value, i) => expect(value).toBe(s[i]))
        singularValues(transpose(a)).forEach((value, i) => expect(Math.abs(value - s[i]!)).toBeLessThan(1e-14 * s[0]!))
        const squares = a.data.reduce((sum, value) => sum + value * value, 0)
        expect(s.reduce((sum, value) => sum + value * value, 0) / squares).toBeCloseTo(1, 13)
      }),
    )
  })
})
