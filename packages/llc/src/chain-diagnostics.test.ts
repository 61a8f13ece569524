import { standardNormals } from '@dead-directions/network'
import { describe, expect, it } from 'vitest'
import { chainMean, effectiveSampleSize, rHat } from './chain-diagnostics.ts'

/** A stationary first-order autoregression of unit variance. */
function autoregression(seed: number, draws: number, correlation: number): Float64Array {
  const noise = standardNormals(seed, draws)
  const chain = new Float64Array(draws)
  chain[0] = noise[0]!
  for (let i = 1; i < draws; i++) chain[i] = correlation * chain[i - 1]! + Math.sqrt(1 - correlation ** 2) * noise[i]!
  return chain
}

const four = (draws: number, correlation: number, seed = 1) => [0, 1, 2, 3].map(i => autoregression(seed + i, draws, correlation))

describe('effectiveSampleSize', () => {
  // The variance of an autoregression's mean is (1+ρ)/(1-ρ) times that of as many independent draws.
  it.each([-0.4, 0, 0.5, 0.9])('is N (1-ρ)/(1+ρ) on an autoregression of ρ = %d', correlation => {
    const exact = (4 * 20_000 * (1 - correlation)) / (1 + correlation)
    expect(Math.abs(effectiveSampleSize(four(20_000, correlation)) / exact - 1)).toBeLessThan(0.1)
  })

  it('does not change under a monotone map', () => {
    const chains = four(1000, 0.7)
    expect(effectiveSampleSize(chains.map(chain => chain.map(Math.exp)))).toBe(effectiveSampleSize(chains))
  })

  it('is the number of draws where they are all the same', () => {
    expect(effectiveSampleSize([new Float64Array(10), new Float64Array(10)])).toBe(20)
  })
})

describe('chainMean', () => {
  it('has an error bar of two widths that covers the true mean about 95 times in 100', () => {
    const covered = Array.from({ length: 300 }, (_, i) => chainMean(four(400, 0.8, 10 * i))).filter(({ value, standardError }) => Math.abs(value) < 1.96 * standardError)
    // Binomial: 285 ± 3.8, and the error bar itself is known to a tenth.
    expect(covered.length).toBeGreaterThan(270)
    expect(covered.length).toBeLessThan(297)
  })
})

describe('rHat', () => {
  it('is 1 where the chains agree', () => {
    expect(rHat(four(4000, 0.3))).toBeLessThan(1.005)
    expect(rHat([new Float64Array(10).fill(2), new Float64Array(10).fill(2)])).toBe(1)
  })

  it.each([
    ['stand in different places', (chain: Float64Array, i: number) => chain.map(x => x + i)],
    ['spread differently around one place', (chain: Float64Array, i: number) => chain.map(x => x * 4 ** i)],
    ['drift', (chain: Float64Array) => chain.map((x, j) => x + j / 1000)],
    ['differ where only ranks can tell, without a finite mean', (chain: Float64Array, i: number) => chain.map(x => Math.exp(20 * x) + i)],
  ])('is above 1.05 where chains %s', (_, change) => {
    expect(rHat(four(2000, 0).map(change))).toBeGreaterThan(1.05)
  })

  it('refuses chains of several lengths and too few draws', () => {
    expect(() => rHat([new Float64Array(8), new Float64Array(9)])).toThrow('chains[1]: got 9 draws, expected 8, as many as the first has')
    expect(() => rHat([new Float64Array(3)])).toThrow('chains: got 3 draws, expected at least 4 in at least one chain')
  })
})
