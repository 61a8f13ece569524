import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crossovers, type FiniteEntry, finiteSlope } from './finite-slope.ts'

const coefficient = fc.double({ min: -12, max: 6, noNaN: true }).map(exponent => 10 ** exponent)
const entries: fc.Arbitrary<FiniteEntry> = fc.record({ c0: coefficient, c2: coefficient, c4: coefficient })
const time = fc.double({ min: -6, max: 3, noNaN: true }).map(exponent => 10 ** exponent)

describe('finiteSlope', () => {
  test('is the slope of the log–log plot of c0 + c2 t² + c4 t⁴', () => {
    const h = 1e-4
    const logEntry = ({ c0, c2, c4 }: FiniteEntry, t: number): number => Math.log(c0 + c2 * t ** 2 + c4 * t ** 4)
    fc.assert(
      fc.property(entries, time, (entry, t) => {
        const difference = (logEntry(entry, t * Math.exp(h)) - logEntry(entry, t * Math.exp(-h))) / (2 * h)
        expect(Math.abs(finiteSlope(entry, t) - difference)).toBeLessThan(1e-6)
      }),
    )
  })

  test('rises with t from 0 over 2 to 4', () => {
    const entry = { c0: 1e-16, c2: 1, c4: 1e8 }
    expect([1e-12, 1e-6, 1].map(t => finiteSlope(entry, t))).toEqual([0, 2, 4].map(slope => expect.closeTo(slope, 3)))
    fc.assert(fc.property(entries, time, (entry, t) => finiteSlope(entry, 1.1 * t) > finiteSlope(entry, t) - 1e-12))
  })

  test('is exact for one term alone, however small t', () => {
    expect(finiteSlope({ c0: 1, c2: 0, c4: 0 }, 1e-200)).toBe(0)
    expect(finiteSlope({ c0: 0, c2: 1, c4: 0 }, 1e-200)).toBe(2)
    expect(finiteSlope({ c0: 0, c2: 0, c4: 1 }, 1e-100)).toBe(4)
  })

  test.each([
    [{ c0: -1, c2: 0, c4: 0 }, 1, 'c0: got -1'],
    [{ c0: 0, c2: NaN, c4: 0 }, 1, 'c2: got NaN'],
    [{ c0: 0, c2: 0, c4: 0 }, 1, 'expected at least one positive number'],
    [{ c0: 1, c2: 0, c4: 0 }, 0, 't: got 0'],
  ])('refuses %j at %d', (entry, t, message) => {
    expect(() => finiteSlope(entry, t)).toThrow(message)
  })
})

describe('crossovers', () => {
  test('the slope is 1 and 3 there', () => {
    fc.assert(
      fc.property(entries, entry => {
        const { floorToLeak, leakToDirect } = crossovers(entry)
        expect(finiteSlope(entry, floorToLeak as number)).toBeCloseTo(1, 10)
        expect(finiteSlope(entry, leakToDirect as number)).toBeCloseTo(3, 10)
      }),
    )
  })

  test('without a floor the slope is never 1, without a direct way never 3', () => {
    expect(crossovers({ c0: 0, c2: 1, c4: 1 })).toEqual({ floorToLeak: null, leakToDirect: 1 })
    expect(crossovers({ c0: 4, c2: 1, c4: 0 })).toEqual({ floorToLeak: 2, leakToDirect: null })
    expect(crossovers({ c0: 0, c2: 0, c4: 1 })).toEqual({ floorToLeak: null, leakToDirect: null })
    expect(crossovers({ c0: 1, c2: 0, c4: 0 })).toEqual({ floorToLeak: null, leakToDirect: null })
  })
})
