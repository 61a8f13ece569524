import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distance, orthonormalityError } from '../test/closeness.ts'
import { gradedMatrices } from '../test/graded.ts'
import { countCorrect, countCorrectEigenvalues } from '../test/inertia.ts'
import { randomEntries } from '../test/random.ts'
import { eigenOfGram, eigenSymmetric } from './eigen.ts'
import type { Eigen } from './eigen.ts'
import { diagonal, fromRows, matrix, multiply, transpose } from './matrix.ts'
import type { Matrix } from './matrix.ts'

const size = fc.integer({ min: 1, max: 14 })
const random = (m: number, n: number, seed: number): Matrix => matrix(m, n, randomEntries(m * n, seed))
const gram = (f: Matrix): Matrix => multiply(transpose(f), f)

/** Σ ± of the rows' outer products: indefinite, singular when there are fewer rows than columns. */
function indefinite(f: Matrix): Matrix {
  const signs = Float64Array.from({ length: f.rows }, (_, i) => (i % 2 ? 1 : -1))
  const a = multiply(multiply(transpose(f), diagonal(signs)), f)
  for (let i = 0; i < a.rows; i++) for (let j = 0; j < i; j++) a.data[j * a.rows + i] = a.data[i * a.rows + j]!
  return a
}

function expectDecomposes(a: Matrix, { values, vectors }: Eigen): void {
  const bound = 4e-15 * a.rows
  const largest = Math.max(...values.map(Math.abs))
  expect(orthonormalityError(vectors)).toBeLessThan(bound)
  const rebuilt = multiply(multiply(vectors, diagonal(values)), transpose(vectors))
  expect(distance(rebuilt, a)).toBeLessThanOrEqual(bound * largest)
  for (let i = 1; i < values.length; i++) expect(values[i]).toBeLessThanOrEqual(values[i - 1]!)
}

describe('eigenSymmetric', () => {
  it('rebuilds semidefinite and indefinite matrices of full and of low rank', () => {
    fc.assert(
      fc.property(size, size, fc.integer(), (m, n, seed) => {
        const f = random(m, n, seed)
        expectDecomposes(gram(f), eigenSymmetric(gram(f)))
        expectDecomposes(indefinite(f), eigenSymmetric(indefinite(f)))
      }),
    )
  })

  it('gives 2 - 2 cos(kπ/n) on the path of n points, and the same less 1 after a shift', () => {
    const n = 24
    const path = matrix(n, n)
    for (let i = 0; i + 1 < n; i++) {
      path.data[i * n + i]! += 1
      path.data[(i + 1) * n + i + 1]! += 1
      path.data[i * n + i + 1] = path.data[(i + 1) * n + i] = -1
    }
    const exact = Float64Array.from({ length: n }, (_, i) => 2 - 2 * Math.cos(((n - 1 - i) * Math.PI) / n))
    eigenSymmetric(path).values.forEach((value, i) => expect(Math.abs(value - exact[i]!)).toBeLessThan(2e-14))
    const shifted = matrix(n, n, path.data.map((value, i) => (i % (n + 1) === 0 ? value - 1 : value)))
    eigenSymmetric(shifted).values.forEach((value, i) => expect(Math.abs(value - exact[i]! + 1)).toBeLessThan(2e-14))
  })

  it('keeps twelve digits of every eigenvalue of a graded definite matrix, from 1 to 1e-36', () => {
    for (const seed of [1, 2]) {
      const { columns } = gradedMatrices(seed)
      const a = gram(columns)
      expect(countCorrectEigenvalues(a, eigenSymmetric(a).values, 1e-12)).toBe(20)
    }
  })

  it('keeps them for an indefinite matrix that is dominated by its diagonal after scaling', () => {
    const d = diagonal([1e-9, 1, 1e-3, 1e-6])
    const b = fromRows([[-1, 0.1, 0, 0.2], [0.1, 1, -0.1, 0], [0, -0.1, -1, 0.1], [0.2, 0, 0.1, 1]])
    const a = multiply(multiply(d, b), d)
    expect(countCorrectEigenvalues(a, eigenSymmetric(a).values, 1e-13)).toBe(4)
  })

  it('moves with a permutation of the coordinates', () => {
    const a = fromRows([[2, 1, 0], [1, 2e-8, 3e-9], [0, 3e-9, 1]])
    const swapped = fromRows([[1, 3e-9, 0], [3e-9, 2e-8, 1], [0, 1, 2]])
    const { values } = eigenSymmetric(a)
    eigenSymmetric(swapped).values.forEach((value, i) => expect(value).toBeCloseTo(values[i]!, 14))
  })

  it('handles zeros, one entry and units far from 1', () => {
    expect(eigenSymmetric(matrix(3, 3)).values).toEqual(new Float64Array(3))
    expect(orthonormalityError(eigenSymmetric(matrix(3, 3)).vectors)).toBe(0)
    expect(eigenSymmetric(fromRows([[-7]])).values).toEqual(Float64Array.of(-7))
    for (const unit of [1e-200, 1e200]) {
      const { values } = eigenSymmetric(fromRows([[0, unit], [unit, 0]]))
      expect([values[0]! / unit, values[1]! / unit]).toEqual([1, -1])
    }
    expect(eigenSymmetric(matrix(0, 0)).values.length).toBe(0)
  })

  it('refuses what is not symmetric', () => {
    expect(() => eigenSymmetric(fromRows([[1, 2], [0, 1]]))).toThrow('eigenSymmetric: entries (1, 0) and (0, 1)')
    expect(() => eigenSymmetric(matrix(1, 2))).toThrow('eigenSymmetric: a is 1 × 2, expected a square matrix')
  })
})

describe('eigenOfGram', () => {
  it('decomposes RᵀR for tall, wide and square R', () => {
    fc.assert(
      fc.property(size, size, fc.integer(), (m, n, seed) => {
        const f = random(m, n, seed)
        expectDecomposes(gram(f), eigenOfGram(f))
      }),
    )
  })

  it('sees the values of a row-graded factor that its Gram matrix has lost', () => {
    const { rows } = gradedMatrices(4)
    const fromFactor = eigenOfGram(rows).values
    expect(countCorrect(rows, fromFactor.map(Math.sqrt), 1e-12)).toBe(16)
    const fromGram = eigenSymmetric(gram(rows)).values
    expect(countCorrect(rows, fromGram.map(value => Math.sqrt(Math.max(0, value))), 1e-8)).toBeLessThan(12)
  })

  it('refuses what is not finite', () => {
    expect(() => eigenOfGram(fromRows([[Number.NaN]]))).toThrow('eigenOfGram: entry (0, 0) is NaN')
  })
})
