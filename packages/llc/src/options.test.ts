import { describe, expect, test } from 'vitest'
import type { Landscape } from './landscape.ts'
import { type LlcOptions, settled } from './options.ts'

const landscape: Landscape = { centre: Float64Array.of(0), observations: 100, evaluate: () => ({ loss: 0, gradient: Float64Array.of(0) }) }

test('β is 1/log n when nothing is said, and every full-batch step is accepted or rejected', () => {
  expect(settled(landscape, {})).toMatchObject({ beta: 1 / Math.log(100), metropolis: true, batchSize: null, fluctuationDraws: 0 })
  expect(settled({ ...landscape, losses: () => Float64Array.of(0) }, { batchSize: 10 })).toMatchObject({ metropolis: false, fluctuationDraws: 64 })
})

describe('an option out of range is named', () => {
  test.each<[LlcOptions, string]>([
    [{ chains: 1 }, 'chains: got 1, expected a whole number of at least 2'],
    [{ draws: 2.5 }, 'draws: got 2.5, expected a whole number of at least 8'],
    [{ inverseTemperature: 0 }, 'inverseTemperature: got 0, expected a positive number'],
    [{ localisation: NaN }, 'localisation: got NaN, expected a positive number'],
    [{ stepSize: -1 }, 'stepSize: got -1, expected a positive number'],
    [{ seed: 0.5 }, 'seed: got 0.5, expected a whole number'],
    [{ batchSize: 101 }, 'batchSize: got 101, expected at most 100, the observations there are'],
    [{ batchSize: 10, metropolis: true }, 'metropolis: got true, expected false with batches, whose loss is not the one to accept by'],
  ])('%j', (options, message) => {
    expect(() => settled(landscape, options)).toThrow(message)
  })

  test('and so is a landscape without parameters', () => {
    expect(() => settled({ ...landscape, centre: new Float64Array() }, {})).toThrow('landscape.centre: got "no parameters", expected at least one')
  })
})
