import { describe, expect, it } from 'vitest'
import { geometricGrid } from './geometric-grid.ts'

describe('geometricGrid', () => {
  it('has constant ratio and hits both ends, in either direction', () => {
    for (const [from, to] of [[1e-12, 3], [3, 1e-12]] as const) {
      const grid = geometricGrid(from, to, 37)
      expect([grid[0], grid[36]]).toEqual([from, to])
      for (let i = 1; i < 37; i++) expect(grid[i]! / grid[i - 1]! / (to / from) ** (1 / 36)).toBeCloseTo(1, 13)
    }
  })

  it('names a bad argument', () => {
    expect(() => geometricGrid(0, 1, 5)).toThrow('from: got 0, expected a positive number')
    expect(() => geometricGrid(1, Number.NaN, 5)).toThrow('to: got NaN')
    expect(() => geometricGrid(1, 2, 1)).toThrow('count: got 1')
  })
})
