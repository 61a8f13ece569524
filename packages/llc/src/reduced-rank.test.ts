import { reducedRankRegression, type ReducedRankShape } from '@dead-directions/selection-rule'
import { describe, expect, test } from 'vitest'
import { reducedRankLandscape } from '../test/reduced-rank.ts'
import type { Estimated } from './chain-diagnostics.ts'
import { localLearningCoefficient } from './local-learning-coefficient.ts'

const shapes = [
  { inputs: 4, hidden: 3, outputs: 4, rank: 1 },
  { inputs: 5, hidden: 3, outputs: 5, rank: 2 },
  { inputs: 3, hidden: 2, outputs: 3, rank: 0 },
]

/** Its mean over samples is λ, since w* is the truth: the mean of two, with the error of each and how they differ. */
async function overTwoSamples(shape: ReducedRankShape, inverseTemperature: number): Promise<Estimated> {
  const [one, two] = await Promise.all(
    [10, 20].map(async seed => {
      const result = await localLearningCoefficient(reducedRankLandscape(shape, 100_000, seed), { sampler: 'sghmc', inverseTemperature, seed: 1, draws: 1500, fluctuationDraws: 4 })
      if (result.kind === 'refused') throw new Error(result.reason)
      return result.overSamples!
    }),
  )
  return { value: (one!.value + two!.value) / 2, standardError: Math.hypot(one!.standardError, two!.standardError, one!.value - two!.value) / 2 }
}

describe.each(shapes)('reduced-rank regression $inputs→$hidden→$outputs of rank $rank on 100,000 observations', shape => {
  const { lambda } = reducedRankRegression(shape)

  // Off by what is left of γ, of powers of nβ and of (m-1)/log(nβ), which the error does not hold.
  test('is within 10 % of the closed form at 1/log n and at a tenth of it, where the values agree', async () => {
    const one = await overTwoSamples(shape, 1 / Math.log(100_000))
    const tenth = await overTwoSamples(shape, 0.1 / Math.log(100_000))
    for (const { value } of [one, tenth]) expect(Math.abs(value / lambda - 1)).toBeLessThan(0.1)
    for (const { standardError } of [one, tenth]) expect(standardError).toBeLessThan(0.07 * lambda)
    expect(Math.abs(one.value - tenth.value)).toBeLessThan(3 * Math.hypot(one.standardError, tenth.standardError))
  })
})
