import type { LlcDiagnostics, LlcEstimate, LlcRefusal } from '@dead-directions/llc'
import { fixed, size, withError } from './number-text.ts'
import { wrapped } from './wrapped.ts'

const WIDTH = 120

/** A learning coefficient, or why there is none, for people; `realisable` when the targets were drawn from the checkpoint itself. */
export function llcText(result: LlcEstimate | LlcRefusal, realisable: boolean): string {
  const { sampler, beta, localisation, stepSize, metropolis, passes, seconds, baseline } = result
  return [
    ...(result.kind === 'refused' ? [wrapped('λ        ', `refused: ${result.reason}`, WIDTH)] : estimateLines(result, realisable)),
    ...diagnosticLines(result.kind === 'refused' ? result.diagnostics : result, metropolis),
    `sampler  ${sampler}, β = ${beta.toPrecision(4)}, γ = ${localisation}, step size ${size(stepSize)}, ${metropolis ? 'accepted or rejected' : 'every step taken'}`,
    `loss     ${baseline.toPrecision(6)} at the checkpoint`,
    `cost     ${Math.round(passes)} passes over all inputs, ${fixed(seconds, 1)} s`,
  ].join('\n')
}

/** The whole result as JSON. */
export function traceText(result: LlcEstimate | LlcRefusal): string {
  return JSON.stringify(result, (_, value: unknown) => (value instanceof Float64Array ? [...value] : value), 2)
}

function estimateLines({ lambda, standardError, nu, overSamples, sensitivity }: LlcEstimate, realisable: boolean): readonly string[] {
  const { localisation, temperature } = sensitivity
  const over = overSamples === null ? [] : [`λ̂ + βν̂   ${withError(overSamples.value, overSamples.standardError)}  λ over samples where the checkpoint is the truth${realisable ? ', as here' : ''}`]
  return [
    `λ̂        ${withError(lambda, standardError)}  λ where the checkpoint minimises the loss`,
    ...over,
    ...(nu === null ? [] : [`ν̂        ${withError(nu.value, nu.standardError)}  at this β`]),
    `slopes   ${withError(localisation.value, localisation.standardError)} by log γ${temperature === null ? '' : `, ${withError(temperature.value, temperature.standardError)} by log β`}`,
  ]
}

function diagnosticLines(diagnostics: LlcDiagnostics | null, metropolis: boolean): readonly string[] {
  if (diagnostics === null) return []
  const { rHat, effectiveSampleSize, acceptance, bias } = diagnostics
  const steps = metropolis ? '' : `, bias ${size(bias.discretisation)} from step size and ${size(bias.batchNoise)} from batches`
  return [`chains   R-hat ${rHat.toFixed(3)}, ${effectiveSampleSize.toFixed(0)} effective draws, acceptance ${acceptance.toFixed(2)}${steps}`]
}
