import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maximise } from './maximise.ts'
import { compare, ratio, toText } from './rational.ts'
import { one } from './rational-field.ts'

const row = (...values: number[]) => values.map(value => ratio(value))

describe('maximise', () => {
  test('solves a textbook program exactly', () => {
    // Dantzig's: 3x + 5y with x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18 is 36 at (2, 6).
    const constraints = [
      { row: row(1, 0), bound: ratio(4) },
      { row: row(0, 2), bound: ratio(12) },
      { row: row(3, 2), bound: ratio(18) },
    ]
    const { value, point } = maximise(row(3, 5), constraints)
    expect([value, ...point].map(toText)).toEqual(['36', '2', '6'])
  })

  test("ends on Beale's program, on which the greedy rule runs in circles", () => {
    const objective = [ratio(3, 4), ratio(-150), ratio(1, 50), ratio(-6)]
    const constraints = [
      { row: [ratio(1, 4), ratio(-60), ratio(-1, 25), ratio(9)], bound: ratio(0) },
      { row: [ratio(1, 2), ratio(-90), ratio(-1, 50), ratio(3)], bound: ratio(0) },
      { row: row(0, 0, 1, 0), bound: ratio(1) },
    ]
    expect(toText(maximise(objective, constraints).value)).toBe('1/20')
  })

  test('agrees with the largest value over all corners in the plane', () => {
    const size = fc.integer({ min: 1, max: 9 })
    const line = fc.tuple(size, size, size)
    fc.assert(
      fc.property(size, size, fc.array(line, { minLength: 1, maxLength: 5 }), (p, q, lines) => {
        const found = maximise(row(p, q), lines.map(([a, b, c]) => ({ row: row(a, b), bound: ratio(c) }))).value
        // Corners: crossings of pairs of lines, the axes among them, in floating point.
        const all = [...lines, [-1, 0, 0], [0, -1, 0]] as const
        const corners = all.flatMap(([a, b, c], i) => all.slice(i + 1).map(([d, e, f]) => [(c * e - b * f) / (a * e - b * d), (a * f - c * d) / (a * e - b * d)] as const))
        const feasible = corners.filter(([x, y]) => all.every(([a, b, c]) => a * x + b * y <= c + 1e-9))
        const best = Math.max(...feasible.map(([x, y]) => p * x + q * y))
        expect(Math.abs(Number(found.numerator) / Number(found.denominator) - best)).toBeLessThan(1e-8)
      }),
    )
  })

  test('refuses a bound below zero and an objective without a maximum', () => {
    expect(() => maximise([one], [{ row: [one], bound: ratio(-1) }])).toThrow('constraints[0].bound: got a negative number')
    expect(() => maximise(row(1, 1), [{ row: row(1, -1), bound: one }])).toThrow('objective: got one without a maximum')
    expect(compare(maximise([ratio(-1)], []).value, ratio(0))).toBe(0)
  })
})
