import { describe, expect, it } from 'vitest'
import { countRight, gradedColumns, gradedRows } from './graded.ts'

describe('graded matrices', () => {
  it('have values from 1 to 10^-18 whose squares sum to ‖A‖² and whose product is |det A| = 4^16·∏d', () => {
    const { matrix, values } = gradedColumns()
    const squares = matrix.data.reduce((sum, value) => sum + value * value, 0)
    expect(values.reduce((sum, value) => sum + value * value, 0) / squares).toBeCloseTo(1, 14)
    const logarithm = values.reduce((sum, value) => sum + Math.log2(value), 0)
    expect(logarithm).toBeCloseTo(32 - (60 * 16) / 2, 10)
    expect(values[0]! / values[15]!).toBeGreaterThan(1e18)
    expect(gradedRows().values).toEqual(values)
  })

  it('do not count a value that is wrong in its eighth digit', () => {
    const known = gradedColumns()
    expect(countRight(known.values, known)).toBe('16/16')
    expect(countRight(known.values.map((value, i) => (i === 3 ? value * (1 + 2e-8) : value)), known)).toBe('15/16')
  })
})
