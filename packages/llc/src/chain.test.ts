import { describe, expect, it } from 'vitest'
import { logistic } from '../test/logistic.ts'
import { type ChainRunner, runChain } from './chain.ts'
import type { Landscape } from './landscape.ts'
import { localLearningCoefficient } from './local-learning-coefficient.ts'

const quartic: Landscape = {
  centre: Float64Array.of(0),
  observations: 1000,
  evaluate: ([w = 0]: Float64Array) => ({ loss: w ** 4, gradient: Float64Array.of(4 * w ** 3) }),
}

/** The chains from the last to the first, with one of them said to have diverged, or none. */
function backwards(landscape: Landscape, diverged = -1): ChainRunner {
  return async tasks => {
    const ran = []
    for (const task of [...tasks].reverse()) ran.push(await runChain(landscape, task))
    return ran.reverse().map((outcome, i) => (i === diverged ? { ...outcome, draws: null } : outcome))
  }
}

describe('a learning coefficient', () => {
  it.each([{}, { batchSize: 20, stepSize: 0.01 }])('has the same bits whatever order its chains run in, with %o', async options => {
    const landscape = logistic(100, 2, 1)
    const asked = { ...options, seed: 3, draws: 80, chains: 3 }
    const forwards = await localLearningCoefficient(landscape, asked)
    const other = await localLearningCoefficient(landscape, asked, backwards(landscape))
    expect({ ...other, seconds: 0 }).toEqual({ ...forwards, seconds: 0 })
  })

  it('counts no chain after one that diverged, whether or not it ran', async () => {
    const asked = { seed: 1, draws: 40, burnIn: 10, chains: 4, stepSize: 0.1 }
    const result = await localLearningCoefficient(quartic, asked, backwards(quartic, 1))
    // Two chains of 50 steps, each with a look at w* and at where it starts.
    expect(result).toMatchObject({ kind: 'refused', cause: 'divergence', reason: 'chain 2 diverged at step size 0.1', passes: 104 })
  })
})
