import { fromRows, type Matrix, multiply, transpose } from '@dead-directions/linalg'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { projectOut } from './project-out.ts'

describe('projecting out tangential directions', () => {
  test('coordinate axes are removed exactly, whatever the size of the columns that stay', () => {
    const factor = fromRows([
      [1e-25, 1, 3, 2e-30],
      [2e-25, 5, 7, -1e-30],
    ])
    const rest = projectOut(factor, fromRows([[0, 0], [0, 1], [1, 0], [0, 0]]))
    const kept = [0, 1].map(j => [Math.abs(rest.data[j]!), Math.abs(rest.data[2 + j]!)]).sort((a, b) => b[0]! - a[0]!)
    expect(kept).toEqual([[1e-25, 2e-25], [2e-30, 1e-30]])
  })

  test('the Gram of what stays is R (I - P) Rᵀ, P the projector on the tangential span', () => {
    const entry = fc.double({ min: -2, max: 2, noNaN: true })
    const problem = fc.integer({ min: 2, max: 5 }).chain(n =>
      fc.record({
        factor: fc.array(fc.array(entry, { minLength: n, maxLength: n }), { minLength: 3, maxLength: 3 }),
        direction: fc.array(entry, { minLength: n, maxLength: n }).filter(v => Math.hypot(...v) > 0.1),
      }),
    )
    fc.assert(
      fc.property(problem, ({ factor, direction }) => {
        const R = fromRows(factor)
        const rest = projectOut(R, transpose(fromRows([direction])))
        const square = direction.reduce((sum, v) => sum + v * v, 0)
        const along = factor.map(row => row.reduce((sum, v, i) => sum + v * direction[i]!, 0))
        const [gram, full] = [multiply(rest, transpose(rest)), multiply(R, transpose(R))]
        gram.data.forEach((value, i) => {
          expect(Math.abs(value - (full.data[i]! - (along[Math.floor(i / 3)]! * along[i % 3]!) / square))).toBeLessThan(1e-12)
        })
      }),
    )
  })

  test('two directions span the same complement in any basis', () => {
    const R = fromRows([[1, 2, 3, 4], [0, 1, -1, 2], [5, 0, 1, 1]])
    const gram = (tangential: Matrix): Float64Array => {
      const rest = projectOut(R, tangential)
      expect([rest.rows, rest.cols]).toEqual([3, 2])
      return multiply(rest, transpose(rest)).data
    }
    const one = gram(fromRows([[1, 0], [1, 1], [0, 2], [3, 1]]))
    const other = gram(fromRows([[1, 1], [3, 2], [4, 2], [5, 4]]))
    one.forEach((value, i) => expect(value).toBeCloseTo(other[i]!, 11))
  })

  test('directions that do not fit or are dependent are refused', () => {
    const R = fromRows([[1, 2, 3]])
    expect(() => projectOut(R, fromRows([[1], [0]]))).toThrow(new RangeError('tangential: got 2 rows, expected 3, the columns of the factor'))
    expect(() => projectOut(R, fromRows([[1, 2], [1, 2], [0, 0]]))).toThrow(new RangeError('tangential: column 1 depends on those before it, expected independent columns'))
    expect(() => projectOut(R, fromRows([[1, 0, 0], [0, 1, 0], [0, 0, 1]]))).toThrow(RangeError)
    expect(() => projectOut(R, fromRows([[0], [0], [0]]))).toThrow(RangeError)
  })
})
