import type { AskedPosterior } from './posterior.ts'
import type { Posterior } from './print/posterior.ts'

/** What λ and m predict of the posterior asked for, or null where nothing was asked. */
export async function predicted(invariants: { readonly lambda: number; readonly multiplicity: number }, asked: AskedPosterior | null): Promise<Posterior | null> {
  if (asked === null) return null
  const { posteriorPredictions } = await import('./closed-forms.ts')
  return posteriorPredictions(invariants, asked)
}
