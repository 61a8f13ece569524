import type { Report } from '@dead-directions/dead-directions'
import { fixed } from './number-text.ts'

/** What λ predicts of a tempered posterior. */
export type Posterior = NonNullable<Report['total']>['posterior']

/** What λ predicts of the posterior, a line each. */
export function posteriorLines({ beta, expectedDivergence, observations, freeEnergy, generalisationLoss }: Posterior): readonly string[] {
  const divergence = `E[nK] → λ/β = ${number(expectedDivergence)} nats at β = ${beta}`
  if (observations === null) return [divergence]
  const loss = generalisationLoss === null ? 'not known at β other than 1' : `λ/n = ${generalisationLoss.toPrecision(4)} nats`
  return [divergence, `free energy beyond nβL at n = ${observations}: ${fixed(freeEnergy!, 4)} nats, up to a constant`, `expected generalisation loss at n = ${observations}: ${loss}`]
}

function number(value: number): string {
  return String(Number(value.toPrecision(10)))
}
