import { ladderChart, spectrumChart } from '@dead-directions/plot'
import type { Draw } from '../shell/reading.ts'
import type { LadderOutcome, LadderState, Rung } from './model.ts'

export const draw: Draw<LadderState, LadderOutcome> = ({ rungs, spectra }, { t, depth, bias }, canvas) => {
  const layers = (side: 'activation' | 'gradient') => spectra.map((spectrum, i) => ({ name: `layer ${i + 1}`, values: spectrum[side], floor: spectrum[side][0]! * Number.EPSILON }))
  return [
    { svg: ladderChart({ title: 'Rates of the dead entries', layers: rungs.map(step), ...(bias ? {} : { total: 2 * (depth - 1) }) }, canvas) },
    { svg: spectrumChart({ title: `Activations at t = ${t}`, layers: layers('activation') }, canvas) },
    { svg: spectrumChart({ title: `Output gradients at t = ${t}`, layers: layers('gradient') }, canvas) },
  ]
}

function step({ activation, gradient, predictedActivation, predictedGradient }: Rung, i: number): Parameters<typeof ladderChart>[0]['layers'][number] {
  return {
    name: `layer ${i + 1}`,
    ...(activation.kind === 'rate' ? { activationRate: { value: activation.rate, standardError: activation.standardError } } : {}),
    ...(gradient.kind === 'rate' ? { gradientRate: { value: gradient.rate, standardError: gradient.standardError } } : {}),
    ...(predictedActivation === null ? {} : { predictedActivation }),
    ...(predictedGradient === null ? {} : { predictedGradient }),
  }
}
