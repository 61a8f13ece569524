import { describe, expect, test } from 'vitest'
import { conditionalMoments, frozenFluctuation, singularFluctuation } from './singular-fluctuation.ts'

/** Mean and variance of η^k under exp(Z η^k - η^{2k}), by Simpson's rule in η itself. */
function bySimpson(k: number, noise: number): { mean: number; variance: number } {
  const reach = (Math.abs(noise) / 2 + 7) ** (1 / k)
  const intervals = 20_000
  const sums = [0, 0, 0]
  for (let i = 0; i <= intervals; i++) {
    const s = (-reach + (2 * reach * i) / intervals) ** k
    const weight = (i === 0 || i === intervals ? 1 : i % 2 === 1 ? 4 : 2) * Math.exp(noise * s - s * s - (noise * noise) / 4)
    for (let j = 0; j < 3; j++) sums[j]! += weight * s ** j
  }
  const mean = sums[1]! / sums[0]!
  return { mean, variance: sums[2]! / sums[0]! - mean * mean }
}

describe('singular fluctuation', () => {
  test.each([
    [1, 0.5],
    [2, 0.1729732674],
    [3, 0.2783664744],
    [4, 0.1378557149],
  ])('ν_LO(%i) = %f', (k, expected) => {
    expect(Math.abs(singularFluctuation(k).value - expected)).toBeLessThan(1e-10)
  })

  test('ν_LO(1) is exactly one half', () => {
    expect(singularFluctuation(1)).toEqual({ value: 0.5, error: 0 })
  })

  test('agrees with Simpson quadrature of both integrals, within the stated error, for k up to 30', () => {
    for (const k of [2, 3, 4, 5, 8, 15, 29, 30]) {
      let average = 0
      for (let noise = -12; noise <= 12; noise += 0.25) average += Math.exp((-noise * noise) / 4) * bySimpson(k, noise).variance
      const { value, error } = singularFluctuation(k)
      expect(error).toBeLessThan(1e-12)
      expect(Math.abs(value - (average * 0.25) / Math.sqrt(4 * Math.PI)), `k = ${k}`).toBeLessThan(error)
    }
  })

  test('mean and variance at fixed noise match Simpson quadrature and the identity Var = λ + m (Z/2 - m)', () => {
    for (let k = 1; k <= 30; k++)
      for (const noise of [-9, -4.3, -1, -0.2, 0, 0.7, 2.5, 6, 11]) {
        const { mean, variance } = conditionalMoments(k, noise)
        const independent = bySimpson(k, noise)
        expect(Math.abs(mean - independent.mean), `mean, k = ${k}, Z = ${noise}`).toBeLessThan(1e-10)
        expect(Math.abs(variance - (1 / (2 * k) + independent.mean * (noise / 2 - independent.mean))), `variance, k = ${k}, Z = ${noise}`).toBeLessThan(1e-9)
        expect(Math.abs(variance - (1 / (2 * k) + mean * (noise / 2 - mean))), `identity, k = ${k}, Z = ${noise}`).toBeLessThan(1e-12)
      }
  })

  test('the second moment of m(Z) over the noise is λ = 1/(2k), which Stein’s lemma asks for', () => {
    // E[Z m(Z)] = 2 E[m'(Z)] = 2 E[Var]; with the identity above, E[m²] = λ.
    for (const k of [1, 2, 3, 7, 12, 30, 101]) {
      let average = 0
      for (let noise = -13; noise <= 13; noise += 0.125) average += Math.exp((-noise * noise) / 4) * conditionalMoments(k, noise).mean ** 2
      expect(Math.abs((average * 0.125) / Math.sqrt(4 * Math.PI) - 1 / (2 * k)), `k = ${k}`).toBeLessThan(1e-12)
    }
  })

  test.each([
    [1, 0.5],
    [2, 0.1357633547],
    [3, 0.1666666667],
    [4, 0.0887449909],
  ])('the frozen value at k = %i is %f', (k, expected) => {
    expect(Math.abs(frozenFluctuation(k) - expected)).toBeLessThan(1e-10)
  })

  test('the frozen closed form is the variance at Z = 0', () => {
    for (const k of [1, 2, 3, 4, 5, 6, 17, 30, 500]) expect(Math.abs(frozenFluctuation(k) - conditionalMoments(k, 0).variance), `k = ${k}`).toBeLessThan(1e-13)
  })

  test('an order that is no positive integer is refused', () => {
    for (const k of [0, -2, 1.5, NaN]) {
      expect(() => singularFluctuation(k)).toThrow(new RangeError(`k: got ${k}, expected an integer of at least 1`))
      expect(() => frozenFluctuation(k)).toThrow(RangeError)
    }
  })
})
