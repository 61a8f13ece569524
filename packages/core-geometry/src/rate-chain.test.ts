import { describe, expect, it } from 'vitest'
import { fitLeadingRate, type RateFit } from './fit-leading-rate.ts'
import { geometricGrid } from './geometric-grid.ts'
import { agreeOnRateChain, curvatureTube, rateChain } from './rate-chain.ts'

/** Curvature of (t^k + w², w, t w) on w = 0. */
const curvature = (k: number, t: number) => 1 / (k ** 2 * t ** (2 * (k - 1)) * (1 + t * t) ** 2)

/** Where the curvature is M, by bisection. */
function tubeEnd(k: number, M: number): number {
  let [inside, outside] = [Number.MIN_VALUE, 10]
  for (let i = 0; i < 2000 && outside - inside > 1e-16 * outside; i++) {
    const middle = inside > 1e-300 ? Math.sqrt(inside * outside) : outside / 1e3
    if (curvature(k, middle) > M) inside = middle
    else outside = middle
  }
  return inside
}

/** Simpson's rule over the tube. */
function tubeVolume(k: number, M: number, density: (t: number) => number): number {
  const [end, cells] = [tubeEnd(k, M), 200]
  const h = end / cells
  return Array.from({ length: cells + 1 }, (_, i) => (i === 0 || i === cells ? 1 : i % 2 === 1 ? 4 : 2) * density(i * h)).reduce((a, b) => a + b) * (h / 3)
}

const M = geometricGrid(1e6, 1e12, 25)
const read = (t: ArrayLike<number>, f: ArrayLike<number>) => {
  const fit = fitLeadingRate(t, f)
  if (fit.kind === 'refused') throw new Error(fit.reason)
  return fit
}
const volumeFit = (k: number, density: (t: number) => number): RateFit => read(M.map(M => 1 / M), M.map(M => tubeVolume(k, M, density)))

describe('curvatureTube', () => {
  it('is the limits of row A6', () => {
    expect(curvatureTube(2, 'fisher')).toEqual({ rate: 1, coefficient: 1 / 8 })
    expect(curvatureTube(3, 'fisher').rate).toBe(3 / 4)
    expect(curvatureTube(3, 'fisher').coefficient).toBeCloseTo(1 / (3 * 9 ** (3 / 4)), 15)
    expect(curvatureTube(2, 'lebesgue')).toEqual({ rate: 1 / 2, coefficient: 1 / 2 })
  })

  it.each([2, 3, 4])('is what the integral over the tube tends to at k = %i', k => {
    // The relative correction is a multiple of T² = (k² M)^(-1/(k-1)).
    const huge = 1e12 ** (k - 1)
    for (const [measure, density] of [['fisher', (t: number) => t ** (k - 1)], ['lebesgue', () => 1]] as const) {
      const { rate, coefficient } = curvatureTube(k, measure)
      expect(Math.abs((tubeVolume(k, huge, density) * huge ** rate) / coefficient - 1)).toBeLessThan(1e-10)
    }
  })

  it('is multiplied by k under the full Fisher density', () => {
    for (const k of [2, 3]) {
      const huge = 1e12 ** (k - 1)
      const full = tubeVolume(k, huge, t => k * t ** (k - 1) * Math.sqrt(1 + t * t))
      const { rate, coefficient } = curvatureTube(k, 'fisher')
      expect(Math.abs((full * huge ** rate) / coefficient - k)).toBeLessThan(1e-9)
    }
  })
})

describe('rateChain', () => {
  it('has the rates of the curvature and of the integrated volumes', () => {
    const t = geometricGrid(1e-4, 1e-2, 17)
    for (const k of [2, 3]) {
      const chain = rateChain(k)
      expect(read(t, t.map(t => curvature(k, t))).rate).toBeCloseTo(chain.curvature, 3)
      expect(volumeFit(k, t => t ** (k - 1)).rate).toBeCloseTo(chain.fisherVolume, 3)
      expect(volumeFit(k, () => 1).rate).toBeCloseTo(chain.lebesgueVolume, 3)
    }
  })

  it('is refused along a regular direction', () => {
    expect(() => rateChain(1)).toThrow('k: got 1, expected a number above 1')
  })
})

describe('agreeOnRateChain', () => {
  const t = geometricGrid(1e-4, 1e-2, 17)
  const fisher = (k: number) => read(t, t.map(t => k ** 2 * t ** (2 * (k - 1))))
  const curved = (k: number) => read(t, t.map(t => curvature(k, t)))

  it('finds one k in all four rates', () => {
    for (const k of [2, 3, 4]) {
      const found = agreeOnRateChain({ fisher: fisher(k), curvature: curved(k), fisherVolume: volumeFit(k, t => t ** (k - 1)), lebesgueVolume: volumeFit(k, () => 1) })
      expect(found.readings.map(({ source }) => source)).toEqual(['fisher', 'curvature', 'Fisher volume', 'Lebesgue volume'])
      expect(found.agrees).toBe(true)
      expect(Math.abs(found.value - k)).toBeLessThan(0.01)
    }
  })

  it('says so when two rates tell of different orders', () => {
    expect(agreeOnRateChain({ fisher: fisher(2), curvature: curved(3) }).agrees).toBe(false)
    expect(agreeOnRateChain({ fisher: fisher(3), lebesgueVolume: volumeFit(2, () => 1) }).agrees).toBe(false)
  })

  it('needs two rates that some k can have', () => {
    expect(() => agreeOnRateChain({ fisher: fisher(2) })).toThrow('fits: got 1, expected at least two')
    expect(() => agreeOnRateChain({ fisher: fisher(2), fisherVolume: { ...fisher(2), rate: 0.5 } })).toThrow('fisherVolume.rate: got 0.5')
    expect(() => agreeOnRateChain({ fisher: fisher(2), lebesgueVolume: { ...fisher(2), rate: -1 } })).toThrow('lebesgueVolume.rate: got -1')
  })
})
