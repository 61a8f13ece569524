import { expect, it } from 'vitest'
import { readoutCostAlone } from './readout.ts'

it('reads a narrow network in a process of its own and says what it took', async () => {
  const cost = await readoutCostAlone({ width: 8, layers: 4, samples: 64 })
  // One call before the spectra, one for each of 21 points of the one channel and its start, one for the totals, one at the end.
  expect(cost.progressCalls).toBe(25)
  expect(cost.seconds).toBeGreaterThan(0)
  expect(cost.passes).toBeGreaterThan(21)
  expect(cost.longestSilence).toBeLessThanOrEqual(cost.seconds)
  expect(cost.peakMebibytes).toBeGreaterThan(30)
})
