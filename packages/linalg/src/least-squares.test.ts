import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomEntries } from '../test/random.ts'
import { leastSquares } from './least-squares.ts'
import { fromRows, matrix, multiply, transpose } from './matrix.ts'
import type { Matrix } from './matrix.ts'

const size = fc.integer({ min: 1, max: 9 })
const random = (m: number, n: number, seed: number): Matrix => matrix(m, n, randomEntries(m * n, seed))

describe('leastSquares', () => {
  it('leaves a residual orthogonal to every column, of the length it reports', () => {
    fc.assert(
      fc.property(size, size, fc.integer(), (m, n, seed) => {
        const a = random(m + n, n, seed)
        const b = randomEntries(m + n, seed + 1)
        const { x, residualNorm, rank } = leastSquares(a, b)
        const residual = multiply(a, matrix(n, 1, x)).data.map((value, i) => value - b[i]!)
        const size = Math.max(1, ...x.map(Math.abs))
        expect(rank).toBe(n)
        expect(Math.abs(residualNorm - Math.hypot(...residual))).toBeLessThan(2e-14 * size)
        for (const value of multiply(transpose(a), matrix(m + n, 1, residual)).data)
          expect(Math.abs(value)).toBeLessThan(2e-14 * size)
      }),
    )
  })

  it('recovers a line through points on it, with the slope in any unit', () => {
    for (const unit of [1, 1e-12, 1e200]) {
      const a = fromRows([0, 1, 2, 3].map(t => [1, t * unit]))
      const { x, residualNorm, rank } = leastSquares(a, Float64Array.of(1, 3, 5, 7))
      expect(rank).toBe(2)
      expect(x[0]).toBeCloseTo(1, 13)
      expect(x[1]! * unit).toBeCloseTo(2, 13)
      expect(residualNorm).toBeLessThan(1e-14)
    }
  })

  it('finds the rank of dependent columns and still reaches the least residual', () => {
    const a = fromRows([[1, 1, 2], [1, 2, 3], [1, 3, 4], [1, 4, 5]])
    const { x, residualNorm, rank } = leastSquares(a, Float64Array.of(1, 2, 2, 1))
    expect(rank).toBe(2)
    expect([...x].filter(value => value === 0).length).toBeGreaterThanOrEqual(1)
    expect(residualNorm).toBeCloseTo(1, 13)
  })

  it('solves wide systems exactly and empty ones with zeros', () => {
    const { x, residualNorm } = leastSquares(fromRows([[0, 2, 1]]), Float64Array.of(6))
    expect([...x]).toEqual([0, 3, 0])
    expect(residualNorm).toBe(0)
    expect(leastSquares(matrix(2, 0), Float64Array.of(3, 4)).residualNorm).toBeCloseTo(5, 14)
    expect(leastSquares(matrix(2, 2), Float64Array.of(3, 4))).toMatchObject({ x: new Float64Array(2), rank: 0 })
  })

  it('refuses a b of another length and what is not finite', () => {
    expect(() => leastSquares(matrix(2, 1), new Float64Array(3))).toThrow('leastSquares: b has 3 entries, expected 2')
    expect(() => leastSquares(fromRows([[1, Number.NaN]]), Float64Array.of(1))).toThrow('leastSquares: column 1 of a')
    expect(() => leastSquares(fromRows([[1]]), Float64Array.of(Infinity))).toThrow('leastSquares: b')
  })
})
