import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { affineDimension, compactFaces, crossingOf } from './newton-polyhedron.ts'
import { ratio, toNumber, toText } from './rational.ts'
import { one } from './rational-field.ts'

const points = (...rows: number[][]) => rows.map(row => row.map(value => ratio(value)))
const diagonal = (width: number) => Array.from({ length: width }, () => one)

describe('crossingOf', () => {
  test.each([
    ['an edge', [[4, 0], [0, 2]], '3/4', 1, [0, 1]],
    ['a vertex', [[2, 2], [6, 0], [0, 6]], '1/2', 2, [0]],
    ['an unbounded side', [[2, 4], [6, 4]], '1/4', 1, [0, 1]],
    ['the corner of an orthant', [[2, 2, 2]], '1/2', 3, [0]],
    ['a ridge in space', [[2, 2, 0], [0, 0, 3], [9, 0, 0], [0, 9, 0]], '5/6', 2, [0, 1]],
  ])('on %s', (_, rows, inverse, codimension, onFace) => {
    const found = crossingOf(points(...rows), diagonal(rows[0]!.length))
    expect({ ...found, inverseDistance: toText(found.inverseDistance) }).toEqual({ inverseDistance: inverse, codimension, onFace })
  })

  test('in the plane is the smallest value of the weights that two exponents or an axis define', () => {
    const point = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })).filter(([a, b]) => a + b > 0)
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 6 }), rows => {
        // λ = min w₁ + w₂ over w ≥ 0 with w·α ≥ 1: at a corner of this region, and corners are crossings of two lines.
        const lines = [...rows.map(([a, b]) => [a, b, 1] as const), [1, 0, 0] as const, [0, 1, 0] as const]
        const corners = lines.flatMap(([a, b, c], i) => lines.slice(i + 1).map(([d, e, f]) => [(c * e - b * f) / (a * e - b * d), (a * f - c * d) / (a * e - b * d)] as const))
        const feasible = corners.filter(([u, v]) => u > -1e-12 && v > -1e-12 && rows.every(([a, b]) => a * u + b * v >= 1 - 1e-9))
        const least = Math.min(...feasible.map(([u, v]) => u + v))
        expect(Math.abs(toNumber(crossingOf(points(...rows), diagonal(2)).inverseDistance) - least)).toBeLessThan(1e-9)
      }),
    )
  })
})

describe('compactFaces', () => {
  const triangle = points([4, 0, 0], [0, 4, 0], [0, 0, 4], [2, 2, 0], [3, 3, 3], [5, 0, 0])

  test('are the faces of a triangle, without what lies behind it', () => {
    const faces = compactFaces(triangle, [0, 1, 2, 3, 4, 5]).map(face => face.join()).sort()
    expect(faces).toEqual(['0', '0,1,2,3', '0,1,3', '0,2', '1', '1,2', '2'])
  })

  test('are only those that hold a marked exponent', () => {
    expect(compactFaces(triangle, [3]).map(face => face.join()).sort()).toEqual(['0,1,2,3', '0,1,3'])
    expect(compactFaces(triangle, [4, 5])).toEqual([])
  })
})

test('affineDimension counts independent differences', () => {
  expect(affineDimension(points([1, 2, 3]))).toBe(0)
  expect(affineDimension(points([4, 0, 0], [2, 2, 0], [0, 4, 0]))).toBe(1)
  expect(affineDimension(points([4, 0, 0], [0, 4, 0], [0, 0, 4]))).toBe(2)
})
