import { standardNormals } from '@dead-directions/network'
import { frozenFluctuation, singularFluctuation, smoothFibre } from '@dead-directions/selection-rule'
import type { Compute, Outcome } from '../shell/reading.ts'
import { type Posterior, posterior } from './posterior.ts'

export interface FluctuationState {
  readonly k: number
  readonly noise: number
  readonly draws: number
  readonly seed: number
}

export interface FluctuationOutcome extends Outcome {
  readonly posterior: Posterior
  /** ν and its frozen value for k = 1 to 8. */
  readonly curve: { readonly k: readonly number[]; readonly nu: readonly number[]; readonly frozen: readonly number[] }
  readonly estimate: number
}

const orders = [1, 2, 3, 4, 5, 6, 7, 8]

export const compute: Compute<FluctuationState, FluctuationOutcome> = async ({ k, noise, draws, seed }, pace) => {
  const here = posterior(k, noise)
  const variances: number[] = []
  for (const [i, normal] of standardNormals(seed, draws).entries()) {
    variances.push(posterior(k, Math.SQRT2 * normal).variance)
    if (i % 50 === 0) await pace(i, draws)
  }
  const estimate = variances.reduce((sum, value) => sum + value, 0) / draws
  const spread = variances.reduce((sum, value) => sum + (value - estimate) ** 2, 0) / (draws - 1)
  const error = Math.sqrt(spread / draws)
  const { lambda } = smoothFibre({ orders: [k], regular: 0 })
  const frozen = posterior(k, 0).variance
  return {
    posterior: here,
    estimate,
    curve: { k: orders, nu: orders.map(order => singularFluctuation(order).value), frozen: orders.map(frozenFluctuation) },
    lines: [
      { name: 'ν(k), mean over the draws', estimate, error, exact: singularFluctuation(k).value, tolerance: 4 * error + 1e-9 },
      { name: 'variance of η^k at Z', estimate: here.variance, error: 0, exact: lambda + here.mean * (noise / 2 - here.mean), exactText: `λ + m (Z/2 − m) = ${(lambda + here.mean * (noise / 2 - here.mean)).toPrecision(6)}`, tolerance: 1e-8 },
      { name: 'variance at Z = 0', estimate: frozen, error: 0, exact: frozenFluctuation(k), tolerance: 1e-8 },
    ],
    notes: [`The tolerance of the first line is four standard errors of the ${draws} draws.`],
  }
}
