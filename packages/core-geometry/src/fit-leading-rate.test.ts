import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitLeadingRate, type RateFit, type RateFitOptions, type RateRefusal } from './fit-leading-rate.ts'
import { geometricGrid } from './geometric-grid.ts'

const grid = geometricGrid(1e-6, 1, 61)
const fit = (f: (t: number) => number, options?: RateFitOptions, t = grid) => fitLeadingRate(t, t.map(f), options)

function expectRate(f: (t: number) => number, options?: RateFitOptions, t = grid): RateFit {
  const result = fit(f, options, t)
  if (result.kind === 'refused') throw new Error(result.reason)
  return result
}

function expectRefusal(f: (t: number) => number, options?: RateFitOptions, t = grid): RateRefusal {
  const result = fit(f, options, t)
  if (result.kind === 'rate') throw new Error(`read ${result.rate} ± ${result.standardError} on ${result.window}`)
  return result
}

/** Normal deviates: mulberry32 and Box–Muller. */
function normals(seed: number): () => number {
  let state = seed
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0
    let word = Math.imul(state ^ (state >>> 15), 1 | state)
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word
    return (((word ^ (word >>> 14)) >>> 0) + 0.5) / 2 ** 32
  }
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
}

describe('fitLeadingRate', () => {
  it('reads an exact power to ten digits, on the whole grid', () => {
    fc.assert(fc.property(fc.double({ min: -6, max: 14, noNaN: true }), fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (rate, coefficient) => {
      const read = expectRate(t => coefficient * t ** rate)
      expect(Math.abs(read.rate - rate)).toBeLessThan(1e-10)
      expect(read.coefficient / coefficient).toBeCloseTo(1, 9)
      expect(read.points).toBe(61)
      expect(read.window).toEqual([1e-6, 1])
      expect(read.standardError).toBeLessThan(1e-10)
    }))
  })

  it('covers the true rate with its error for corrections of order t and t²', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 10 }), fc.double({ min: -0.9, max: 2, noNaN: true }), fc.constantFrom(1, 2), (rate, c, order) => {
      const read = expectRate(t => t ** rate * (1 + c * t ** order))
      expect(Math.abs(read.rate - rate)).toBeLessThan(1e-10 + 2 * read.standardError)
      expect(read.standardError).toBeLessThan(2.1e-4 * Math.max(1, rate))
    }))
  })

  it('takes samples in any order', () => {
    const t = Float64Array.from(grid).reverse()
    expect(fitLeadingRate(t, t.map(t => t * t + t ** 3))).toEqual(fit(t => t * t + t ** 3))
  })

  it('drops an additive floor that it is told of', () => {
    const read = expectRate(t => t ** 4 + 1e-20, { floor: 1e-20 })
    expect(Math.abs(read.rate - 4)).toBeLessThan(2 * read.standardError)
    expect(Math.abs(read.rate - 4)).toBeLessThan(0.02)
    expect(read.window[0] ** 4).toBeGreaterThan(0.5e-20 / 0.02)
  })

  it('takes a floor per sample', () => {
    const floor = grid.map(t => 1e-16 / t)
    const read = fitLeadingRate(grid, grid.map((t, i) => t ** 2 + floor[i]!), { floor }) as RateFit
    expect(Math.abs(read.rate - 2)).toBeLessThan(2 * read.standardError)
  })

  it('reads the regime at the small end of a crossover', () => {
    const crossover = (delta: number) => (t: number) => t ** 2 * delta ** 6 + t ** 8
    for (const delta of [0.3, 0.1, 1e-3, 1e-4]) expect(expectRate(crossover(delta)).rate).toBeCloseTo(2, 3)
    expect(expectRate(crossover(1e-8)).rate).toBeCloseTo(8, 3)
  })

  it('refuses a crossover that the samples end in', () => {
    for (const shift of [1, 1.5, 2, 2.5]) {
      expect(expectRefusal(t => t ** 2 * (shift * 1e-6) ** 6 + t ** 8).reason).toMatch(/bends below/)
    }
  })

  it('counts a bend that begins at the smallest samples in the error', () => {
    const slopeThere = 8 - 6 / (1 + (2 * 10 ** 0.15) ** 6) // in the middle of the lowest quarter decade, the step of a local slope
    const read = expectRate(t => t ** 2 * 0.5e-6 ** 6 + t ** 8)
    expect(read.standardError).toBeGreaterThan((read.rate - slopeThere) / 2)
  })

  it('reads the plateau of a leak', () => {
    const read = expectRate(t => 1e-4 + t ** 2)
    expect(read.rate).toBeCloseTo(0, 3)
    expect(read.coefficient / 1e-4).toBeCloseTo(1, 2)
  })

  it('refuses oscillation', () => {
    expect(expectRefusal(t => t ** 2 * (1 + 0.5 * Math.sin(5 * Math.log(t)))).reason).toMatch(/^no window is straight to 0.02: local slopes run from -?\d/)
  })

  it('does not read noise under its own floor as a regime', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const normal = normals(seed)
      const read = expectRate(t => t ** 4 + 1e-16 * normal())
      expect(read.rate).toBeGreaterThan(3.9)
      expect(Math.abs(read.rate - 4)).toBeLessThan(4 * read.standardError)
    }
  })

  it('covers the true rate under multiplicative noise as often as its error says', () => {
    const trials = 400
    let within = 0
    for (let seed = 1; seed <= trials; seed++) {
      const normal = normals(seed)
      const read = expectRate(t => t ** 3 * Math.exp(0.003 * normal()))
      if (Math.abs(read.rate - 3) < 2 * read.standardError) within++
    }
    expect(within / trials).toBeGreaterThan(0.95)
  })

  it('averages noise down on dense samples instead of amplifying it', () => {
    const normal = normals(7)
    const read = expectRate(t => t ** 2 * Math.exp(0.003 * normal()), {}, geometricGrid(1e-3, 1, 600))
    expect(read.standardError).toBeLessThan(1e-3)
    expect(Math.abs(read.rate - 2)).toBeLessThan(3 * read.standardError)
  })

  it('says that a function vanishes to its floor', () => {
    expect(expectRefusal(() => 0).reason).toBe('vanishes identically to the precision floor')
    expect(expectRefusal(() => 1e-20, { floor: 1e-20 }).reason).toBe('vanishes identically to the precision floor')
    expect(expectRefusal(() => Number.NaN).localSlopes).toEqual([])
  })

  it('says when too little is left above the floor', () => {
    expect(expectRefusal(t => t ** 2, { floor: 0.005 }).reason).toBe('only 4 of 61 samples lie above the precision floor, 5 are needed')
    expect(expectRefusal(t => t ** 2, {}, geometricGrid(1, 3, 20)).reason).toMatch(/^samples above the precision floor span .* half a decade is needed$/)
  })

  it('names bad arguments', () => {
    expect(() => fitLeadingRate([1, 2], [1])).toThrow('f: got 1 samples, expected 2, one per t')
    expect(() => fitLeadingRate([1, 0], [1, 1])).toThrow('t[1]: got 0, expected a positive number')
    expect(() => fitLeadingRate([1], [1], { floor: -1 })).toThrow('floor: got -1')
    expect(() => fitLeadingRate([1], [1], { floor: [1, 2] })).toThrow('floor: got 2 values')
    expect(() => fitLeadingRate([1], [1], { tolerance: 0 })).toThrow('tolerance: got 0')
    expect(() => fitLeadingRate([1], [1], { minPoints: 2 })).toThrow('minPoints: got 2')
  })
})
