import { fitLeadingRate, geometricGrid, type RateFit } from '@dead-directions/core-geometry'
import { fromRows, type Matrix, matrix, svd } from '@dead-directions/linalg'
import { describe, expect, test } from 'vitest'
import { bottomDirection, type GradedFisher } from './bottom-direction.ts'
import { projectOut } from './project-out.ts'

/** One score: its amplitude `scale · t^power` and its shape over the data, with a correction of relative order t. */
interface Score {
  readonly power: number
  readonly scale: number
  readonly shape: readonly number[]
}

const data = Array.from({ length: 41 }, (_, i) => -1 + i / 20)
const shapes = {
  a: data.map(x => x ** 2 + 0.3),
  b: data.map(x => 1 + 0.5 * x),
  c: data.map(x => Math.sin(3 * x)),
  bend: data.map(x => Math.cos(5 * x)),
}
const grid = geometricGrid(1e-6, 1e-2, 25)

/** Factor R of the Fisher matrix `F = RᵀR = E[s sᵀ]` of the family with these scores, at t. */
function factorAt(scores: readonly Score[], t: number): Matrix {
  const rows = data.map((_, x) => scores.map(({ power, scale, shape }) => (scale * t ** power * (shape[x]! + t * shapes.bend[x]!)) / Math.sqrt(data.length)))
  return fromRows(rows)
}

/** The table that row A3 gives for the family: rates add, coefficients are moments of the shapes. */
function gradedFisher(scores: readonly Score[], tangential: readonly number[]): GradedFisher {
  const moment = (f: Score, g: Score): number => (f.scale * g.scale * f.shape.reduce((sum, v, x) => sum + v * g.shape[x]!, 0)) / data.length
  return {
    rates: scores.map(f => scores.map(g => f.power + g.power)),
    coefficients: scores.map(f => scores.map(g => moment(f, g))),
    tangential,
  }
}

/** Rate of the smallest eigenvalue of F over the grid, from the smallest singular value of a factor. */
function bottomRate(factor: (t: number) => Matrix): RateFit {
  const fit = fitLeadingRate(grid, grid.map(t => svd(factor(t)).s.at(-1)! ** 2))
  if (fit.kind === 'refused') throw new Error(fit.reason)
  return fit
}

/** Squared share of the bottom eigenvector of F in the given coordinates. */
function bottomShare(factor: Matrix, coordinates: readonly number[]): number {
  const { v } = svd(factor)
  return coordinates.reduce((sum, i) => sum + v.data[i * v.cols + v.cols - 1]! ** 2, 0)
}

const axes = (size: number, chosen: readonly number[]): Matrix => {
  const result = matrix(size, chosen.length)
  chosen.forEach((i, j) => (result.data[i * chosen.length + j] = 1))
  return result
}

describe('bottom direction', () => {
  test('beside a tangential block of order one it is the dead direction, at rate 2(k-1), for k = 2…6', () => {
    for (let k = 2; k <= 6; k++) {
      const scores = [{ power: k - 1, scale: k, shape: shapes.a }, { power: 0, scale: 1, shape: shapes.b }]
      const bottom = bottomDirection(gradedFisher(scores, [1]))
      expect(bottom).toMatchObject({ kind: 'transversal', directions: [0], rate: 2 * (k - 1), klOrder: k, projectOut: [] })
      const fit = bottomRate(t => factorAt(scores, t))
      expect(Math.abs(fit.rate - 2 * (k - 1)), `k = ${k}`).toBeLessThan(1e-3)
      expect(bottomShare(factorAt(scores, 1e-5), [0])).toBeGreaterThan(1 - 1e-8)
    }
  })

  test('the Schur margin is the share of the bottom coefficient that the cross entries leave, twice over', () => {
    // λ_min = F_bb - c²/(F_aa - λ_min): the measured coefficient is F_bb (1 + margin)/2.
    const scores = [{ power: 2, scale: 3, shape: shapes.a }, { power: 0, scale: 1, shape: shapes.b }, { power: 0, scale: 2, shape: shapes.c }]
    const fisher = gradedFisher(scores, [1, 2])
    const bottom = bottomDirection(fisher)
    if (bottom.kind === 'refused') throw new Error(bottom.reason)
    const t = 1e-6
    const measured = svd(factorAt(scores, t)).s.at(-1)! ** 2 / t ** bottom.rate
    expect(Math.abs(measured / ((fisher.coefficients[0]![0]! * (1 + bottom.schurMargin)) / 2) - 1)).toBeLessThan(10 * t)
  })

  test('a tangential entry that decays faster is the bottom, hides k, and must be projected out', () => {
    for (const [k, j] of [[2, 3], [3, 4], [1, 2], [2, 7]] as const) {
      const scores = [{ power: k - 1, scale: k, shape: shapes.b }, { power: j, scale: 1, shape: shapes.c }, { power: 0, scale: 1, shape: shapes.a.map(v => v - 1) }]
      const bottom = bottomDirection(gradedFisher(scores, [1, 2]))
      expect(bottom).toMatchObject({ kind: 'tangential', directions: [1], rate: 2 * j, klOrder: k, projectOut: [1, 2] })
      expect(Math.abs(bottomRate(t => factorAt(scores, t)).rate - 2 * j)).toBeLessThan(1e-3)
      expect(bottomShare(factorAt(scores, 1e-3), [1])).toBeGreaterThan(1 - 1e-4)
      const projected = bottomRate(t => projectOut(factorAt(scores, t), axes(3, [1, 2])))
      expect(Math.abs(projected.rate - 2 * (k - 1)), `k = ${k}`).toBeLessThan(1e-3)
    }
  })

  test('a decaying tangential entry slower than the dead direction leaves it the bottom', () => {
    const scores = [{ power: 3, scale: 4, shape: shapes.b }, { power: 1, scale: 1, shape: shapes.c }]
    expect(bottomDirection(gradedFisher(scores, [1]))).toMatchObject({ kind: 'transversal', rate: 6, klOrder: 4 })
    expect(Math.abs(bottomRate(t => factorAt(scores, t)).rate - 6)).toBeLessThan(1e-3)
  })

  test('the margin decides: it is refused when twice the squared cross entry exceeds the diagonal product', () => {
    const withCross = (cross: number): GradedFisher => ({ rates: [[2, 4], [4, 6]], coefficients: [[4, cross], [cross, 1]], tangential: [1] })
    expect(bottomDirection(withCross(Math.SQRT2 - 0.001))).toMatchObject({ kind: 'tangential', rate: 6 })
    expect(bottomDirection(withCross(Math.SQRT2 + 0.001))).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/^the Schur margin of tangential coordinates 1 is -0\.00/) })
    expect(bottomDirection(withCross(0))).toMatchObject({ schurMargin: 1 })
  })

  test('cross entries that decay faster than the diagonals ask for do not count', () => {
    expect(bottomDirection({ rates: [[2, 5], [5, 6]], coefficients: [[1, 9], [9, 1]], tangential: [1] })).toMatchObject({ kind: 'tangential', schurMargin: 1 })
  })

  test('scores that become parallel are refused, and there the spectrum indeed leaves the diagonal rates', () => {
    const scores = [{ power: 2, scale: 3, shape: shapes.b }, { power: 0, scale: 1, shape: shapes.b }]
    expect(bottomDirection(gradedFisher(scores, [1]))).toMatchObject({ kind: 'refused', reason: expect.stringContaining('cancel a diagonal entry') })
    // The two differ from parallel by 3 t³ bend(x): λ_min is of order t⁶, not t⁴.
    const parallel = (t: number): Matrix => fromRows(data.map((_, x) => [3 * t ** 2 * (shapes.b[x]! + t * shapes.bend[x]!), shapes.b[x]!]))
    expect(Math.abs(bottomRate(parallel).rate - 6)).toBeLessThan(1e-3)
  })

  test('a tie between a transversal and a tangential entry is refused, one between two dead directions is not', () => {
    const scores = [{ power: 2, scale: 3, shape: shapes.a }, { power: 2, scale: 1, shape: shapes.c }, { power: 0, scale: 1, shape: shapes.b }]
    expect(bottomDirection(gradedFisher(scores, [1, 2]))).toMatchObject({ kind: 'refused', reason: expect.stringContaining('share the highest rate 4') })
    expect(bottomDirection(gradedFisher(scores, [2]))).toMatchObject({ kind: 'transversal', directions: [0, 1], rate: 4, klOrder: 3 })
    expect(Math.abs(bottomRate(t => factorAt(scores, t)).rate - 4)).toBeLessThan(1e-3)
  })

  test('impossible tables are refused by name', () => {
    const good: GradedFisher = { rates: [[2, 1], [1, 0]], coefficients: [[4, 1], [1, 1]], tangential: [1] }
    expect(() => bottomDirection({ ...good, rates: [[2, 0.5], [0.5, 0]] })).toThrow(/^rates\[\d\]\[\d\]: got 0.5, expected at least 1, the mean of its diagonal rates/)
    expect(() => bottomDirection({ ...good, rates: [[2, 1], [3, 0]] })).toThrow(RangeError)
    expect(() => bottomDirection({ ...good, rates: [[2, 1]] })).toThrow(RangeError)
    expect(() => bottomDirection({ ...good, coefficients: [[4, 1], [1, 0]] })).toThrow(new RangeError('coefficients[1][1]: got 0, expected a positive number'))
    expect(() => bottomDirection({ ...good, tangential: [2] })).toThrow(new RangeError('tangential: got 2, expected coordinates from 0 to 1'))
    expect(() => bottomDirection({ ...good, tangential: [1, 1] })).toThrow(RangeError)
    expect(() => bottomDirection({ ...good, tangential: [0, 1] })).toThrow(new RangeError('tangential: got all 2 coordinates, expected at least one to be transversal'))
  })
})
