import { describe, expect, it } from 'vitest'
import type { Landscape } from './landscape.ts'
import { calibrateStepSize } from './step-size.ts'

const harmonic = (curvature: number): Landscape => ({
  centre: new Float64Array(3),
  observations: 1000,
  evaluate: w => ({ loss: (curvature / 2) * w.reduce((sum, x) => sum + x * x, 0), gradient: w.map(x => curvature * x) }),
})
const options = { inverseTemperature: 1, localisation: 1e-3, seed: 2 }

describe('calibrateStepSize', () => {
  it('ends with the first step size that holds, after halving from 1/γ', async () => {
    const { stepSize, trials, passes } = await calibrateStepSize(harmonic(1), options)
    expect(trials.map(trial => trial.stepSize)).toEqual(trials.map((_, i) => 1000 / 2 ** i))
    expect(trials.at(-1)!.stepSize).toBe(stepSize)
    expect(trials.at(-1)!.acceptance).toBeGreaterThanOrEqual(0.8)
    for (const trial of trials.slice(0, -1)) expect(trial.acceptance).toBeLessThan(0.8)
    expect(passes).toBe(2 + trials.reduce((sum, trial) => sum + trial.passes, 0))
  })

  it.each(['sgld', 'sghmc'] as const)('goes as the inverse of the curvature for %s', async sampler => {
    const [flat, steep] = [await calibrateStepSize(harmonic(1), { ...options, sampler }), await calibrateStepSize(harmonic(64), { ...options, sampler })]
    const ratio = Math.log2(flat.stepSize / steep.stepSize)
    expect(Math.abs(ratio - 6)).toBeLessThanOrEqual(1)
  })

  it('keeps the bias of unadjusted steps in bounds: ε a/4 relative', async () => {
    const { stepSize, trials } = await calibrateStepSize(harmonic(1), { ...options, metropolis: false })
    expect(trials.at(-1)!.relativeBias).toBeLessThanOrEqual(0.05)
    const exact = (stepSize * 1000) / 4
    expect(exact).toBeGreaterThan(0.0125)
    expect(exact).toBeLessThan(0.1)
  })

  it('says so when no step size will do', async () => {
    const cliff: Landscape = { centre: Float64Array.of(0), observations: 1000, evaluate: ([w]) => ({ loss: w === 0 ? 0 : Infinity, gradient: Float64Array.of(0) }) }
    await expect(calibrateStepSize(cliff)).rejects.toThrow(/^stepSize: got "calibrate", expected a loss that some step size down to 1\.7e-18 can follow/)
  })
})
