import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitLeadingRate, type RateFit } from './fit-leading-rate.ts'
import { geometricGrid } from './geometric-grid.ts'
import { agree, klOrderFromDivergence, klOrderFromFisher } from './kl-order-reading.ts'

const t = geometricGrid(1e-3, 0.3, 25)
const read = (f: (t: number) => number) => fitLeadingRate(t, t.map(f)) as RateFit

describe('the readings of k', () => {
  it('recover k from F = k² t^(2(k-1)) and K = t^(2k)/2, with half the error of the rate', () => {
    fc.assert(fc.property(fc.double({ min: 0.5, max: 8, noNaN: true }), k => {
      const fisher = read(t => k ** 2 * t ** (2 * (k - 1)) * (1 + t / 10))
      const divergence = read(t => t ** (2 * k) / 2)
      expect(Math.abs(klOrderFromFisher(fisher).klOrder - k)).toBeLessThan(fisher.standardError)
      expect(klOrderFromFisher(fisher).standardError).toBe(fisher.standardError / 2)
      expect(klOrderFromDivergence(divergence).klOrder).toBeCloseTo(k, 10)
    }))
  })
})

describe('agree', () => {
  const reading = (klOrder: number, standardError: number) => ({ source: 'test', klOrder, standardError })

  it('accepts readings within three combined errors and refuses those beyond', () => {
    expect(agree([reading(2, 0.03), reading(2.14, 0.04)]).agrees).toBe(true)
    expect(agree([reading(2, 0.03), reading(2.16, 0.04)]).agrees).toBe(false)
  })

  it('calls readings within 0.05 equal however small their errors', () => {
    expect(agree([reading(2, 0), reading(2.049, 1e-9)]).agrees).toBe(true)
    expect(agree([reading(2, 0), reading(2.051, 1e-9)]).agrees).toBe(false)
  })

  it('compares every pair', () => {
    expect(agree([reading(1.97, 1e-3), reading(2, 1e-3), reading(2.03, 1e-3)]).agrees).toBe(false)
  })

  it('weights by inverse variance and enlarges the error when readings scatter', () => {
    const close = agree([reading(2, 0.3), reading(2.1, 0.1)])
    expect(close.value).toBeCloseTo((2 + 9 * 2.1) / 10, 12)
    expect(close.standardError).toBeCloseTo(0.1 * Math.sqrt(0.9), 12)
    expect(agree([reading(2, 1e-6), reading(2.04, 1e-6)]).standardError).toBeCloseTo(0.02, 12)
  })

  it('needs a reading', () => {
    expect(() => agree([])).toThrow('readings: got none, expected at least one')
  })
})
