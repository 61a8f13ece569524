import { diagonal, matrix } from '@dead-directions/linalg'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unitCubeSublevelVolume } from './crossing.ts'
import { fitVolumeLaw } from './volume-law.ts'

const levels = Array.from({ length: 15 }, (_, i) => 10 ** -(2 + 2 * i))
/** Normal numbers with mean 0 and variance 1, the same in every run. */
function normals(seed: number): () => number {
  let state = seed
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return ((state >>> 0) + 0.5) / 2 ** 32
  }
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
}

describe('fitVolumeLaw', () => {
  test.each([
    [1, 0],
    [2, 0],
    [3, 0],
    [4, 0],
    [2, 1],
    [3, 2],
  ])('reads λ = (h+1)/2 and m = r from the closed-form volumes of {Π x_i² < ε}: r = %i, h = %i', (r, h) => {
    const volumes = levels.map(epsilon => unitCubeSublevelVolume(r, Math.sqrt(epsilon), h))
    const law = fitVolumeLaw(levels, volumes, volumes.map(volume => volume / 1000))
    expect(law).toMatchObject({ kind: 'volume law', multiplicity: r, points: levels.length })
    if (law.kind === 'volume law') expect(Math.abs(law.lambda - (h + 1) / 2)).toBeLessThan(law.standardError)
  })

  test('its standard error is the scatter of λ over noisy volumes', () => {
    const exact = levels.map(epsilon => unitCubeSublevelVolume(2, Math.sqrt(epsilon)))
    const normal = normals(1)
    const deviations = Array.from({ length: 100 }, () => {
      const law = fitVolumeLaw(levels, exact.map(volume => volume * (1 + 0.002 * normal())), exact.map(volume => 0.002 * volume), { mostMultiplicity: 2 })
      return law.kind === 'refused' ? NaN : (law.lambda - 0.5) / law.standardError
    })
    const spread = Math.sqrt(deviations.reduce((sum, z) => sum + z * z, 0) / 100)
    // The root of a χ² mean of 100 has a relative error of 1/14.
    expect(Math.abs(spread - 1)).toBeLessThan(4 / 14)
  })

  test('leaves out high levels where a power of ε is not yet small, and states the window', () => {
    // K = x⁴y² on [-1, 1]²: V = 8 ε^(1/4) - 4 ε^(1/2) exactly, λ = 1/4 and m = 1.
    const volumes = levels.map(epsilon => 8 * epsilon ** 0.25 - 4 * epsilon ** 0.5)
    const law = fitVolumeLaw(levels, volumes, volumes.map(volume => volume / 1000), { mostMultiplicity: 2 })
    expect(law).toMatchObject({ kind: 'volume law', multiplicity: 1 })
    if (law.kind === 'refused') return
    expect(law.window[0]).toBe(levels.at(-1))
    expect(law.window[1]).toBeLessThan(1e-5)
    expect(Math.abs(law.lambda - 0.25)).toBeLessThan(4 * law.standardError)
  })

  test('states an error that holds where a power of ε still bends the highest levels', () => {
    const near = Array.from({ length: 12 }, (_, i) => 10 ** -(1 + 2 * i))
    const exact = near.map(epsilon => 2 * epsilon ** 0.25 - epsilon ** 0.5)
    const normal = normals(3)
    const deviations = Array.from({ length: 60 }, () => {
      const law = fitVolumeLaw(near, exact.map(volume => volume * (1 + 0.001 * normal())), exact.map(volume => 0.001 * volume), { mostMultiplicity: 2 })
      return law.kind === 'refused' ? NaN : (law.lambda - 0.25) / law.standardError
    }).filter(z => !Number.isNaN(z))
    expect(deviations.length).toBeGreaterThan(50)
    // What is left of the bend may weigh as much as the noise: twice the variance.
    expect(deviations.reduce((sum, z) => sum + z * z, 0) / deviations.length).toBeLessThan(2 * (1 + 4 * Math.sqrt(2 / 60)))
    expect(Math.max(...deviations.map(Math.abs))).toBeLessThan(4.5)
  })

  test('uses the covariance: a common factor on all volumes costs λ nothing', () => {
    const volumes = levels.map(epsilon => 3 * epsilon ** 0.75)
    const relative = levels.map((_, i) => levels.map((_, j) => (i === j ? 1e-6 : 0) + 1e-2))
    const covariance = matrix(levels.length, levels.length, Float64Array.from(relative.flatMap((row, i) => row.map((c, j) => c * volumes[i]! * volumes[j]!))))
    const correlated = fitVolumeLaw(levels, volumes, covariance)
    const independent = fitVolumeLaw(levels, volumes, volumes.map(volume => 1e-3 * volume))
    if (correlated.kind === 'refused' || independent.kind === 'refused') throw new Error('a fit was refused')
    expect(correlated.standardError / independent.standardError).toBeCloseTo(1, 6)
    const same = fitVolumeLaw(levels, volumes, diagonal(Float64Array.from(volumes, volume => 1e-6 * volume ** 2)))
    expect(same).toEqual(independent)
  })

  test('reads any λ at m = 1, whatever the constant', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 5, noNaN: true }), fc.double({ min: -5, max: 5, noNaN: true }), (lambda, constant) => {
        const volumes = levels.map(epsilon => Math.exp(constant) * epsilon ** lambda)
        const law = fitVolumeLaw(levels, volumes, volumes.map(volume => volume / 1000))
        expect(law).toMatchObject({ kind: 'volume law', multiplicity: 1 })
        if (law.kind === 'volume law') expect(law.lambda).toBeCloseTo(lambda, 9)
      }),
      { numRuns: 30 },
    )
  })

  test('refuses where no multiplicity fits', () => {
    const volumes = levels.map((epsilon, i) => epsilon ** 0.5 * (1 + 0.1 * (-1) ** i))
    const law = fitVolumeLaw(levels, volumes, volumes.map(volume => volume / 1000))
    expect(law).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/^no multiplicity up to 4 fits, even on the lowest 6 levels: χ² = /) })
  })

  test('refuses where errors are too large to tell two multiplicities apart', () => {
    const volumes = levels.map(epsilon => unitCubeSublevelVolume(2, Math.sqrt(epsilon)))
    const law = fitVolumeLaw(levels, volumes, volumes.map(volume => volume * 0.4))
    expect(law).toMatchObject({ kind: 'refused', reason: expect.stringContaining('cannot be told apart at 0.95') })
    expect(law.candidates.filter(({ probability }) => probability > 0.05).length).toBeGreaterThan(1)
    expect(fitVolumeLaw(levels.slice(0, 5), volumes.slice(0, 5), volumes.slice(0, 5))).toMatchObject({ kind: 'refused', reason: '5 levels, at least 6 are needed' })
  })

  test('tries no multiplicity that has as many parameters as there are levels', () => {
    const few = levels.slice(0, 6)
    const volumes = few.map(epsilon => epsilon ** 0.5)
    const law = fitVolumeLaw(few, volumes, volumes.map(volume => volume / 1000), { mostMultiplicity: 9 })
    expect(law).toMatchObject({ kind: 'volume law', multiplicity: 1 })
    expect(law.candidates.map(({ freedom }) => freedom)).toEqual([4, 3, 2, 1])
  })

  test('names the field that is wrong', () => {
    expect(() => fitVolumeLaw([0.1], [1, 2], [1])).toThrow(new RangeError('volumes: got 2 entries, expected 1, one per level'))
    expect(() => fitVolumeLaw([0.1], [1], [1, 2])).toThrow(new RangeError('errors: got 2 entries, expected 1, one per level'))
    expect(() => fitVolumeLaw([1.5], [1], [1])).toThrow(new RangeError('levels[0]: got 1.5, expected a number between 0 and 1'))
    expect(() => fitVolumeLaw([0.5], [0], [1])).toThrow(new RangeError('volumes[0]: got 0, expected a positive number'))
    expect(() => fitVolumeLaw([0.5], [1], [0])).toThrow(new RangeError('errors[0]: got 0, expected a positive number'))
    expect(() => fitVolumeLaw([0.5], [1], [1], { minPoints: 2 })).toThrow(new RangeError('minPoints: got 2, expected a whole number of at least 4'))
  })
})
