import { describe, expect, it } from 'vitest'
import { chords } from './local-slopes.ts'
import { drift, scatter, straightLine } from './straight-line.ts'

describe('straightLine', () => {
  it('is ordinary least squares: the textbook example', () => {
    // x = 1…5, y = 2, 4, 5, 4, 5: slope 0.6, intercept 2.2, standard error √0.08.
    const line = straightLine({ logT: Float64Array.of(1, 2, 3, 4, 5), logF: Float64Array.of(2, 4, 5, 4, 5) }, 0, 4)
    expect(line.slope).toBeCloseTo(0.6, 14)
    expect(line.intercept).toBeCloseTo(2.2, 14)
    expect(line.standardError).toBeCloseTo(Math.sqrt(0.08), 14)
    expect(line.spread).toBe(10)
  })
})

describe('scatter', () => {
  it('sees no scatter in a straight plot with uneven spacing, and the size of an alternating one', () => {
    const logT = Float64Array.of(0, 1, 3, 3.5, 7)
    expect(scatter({ logT, logF: logT.map(x => 2 * x + 1) }, 0, 4)).toBeLessThan(1e-15)
    // ±s about a line: second differences 4s/2, over √(3/2).
    const even = Float64Array.from({ length: 9 }, (_, i) => i)
    expect(scatter({ logT: even, logF: even.map(i => 0.1 * (-1) ** i) }, 0, 8)).toBeCloseTo(0.2 / Math.sqrt(1.5), 14)
  })
})

describe('drift', () => {
  it('is at least the distance to the slope at zero for a correction of order t or t², and at most twice that', () => {
    for (const order of [1, 2]) {
      const logT = Float64Array.from({ length: 41 }, (_, i) => (-i / 20) * Math.LN10).reverse()
      // d log f / d log t = 3 + 0.1 t^order, exactly.
      const points = { logT, logF: logT.map(x => 3 * x + (0.1 / order) * Math.exp(order * x)) }
      const { slope } = straightLine(points, 0, 40)
      const ratio = drift(points, chords(points), 0, 40, slope, 0) / (slope - 3)
      expect(ratio).toBeGreaterThan(0.99)
      expect(ratio).toBeLessThan(2)
    }
  })
})
