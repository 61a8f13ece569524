import { rlct } from '@dead-directions/selection-rule'
import type { KnownAnswer } from '../model.ts'
import { expressionOf, priorOf } from '../polynomial.ts'
import { refused, type RoadOutcome, ROUNDING } from '../road.ts'

/** Polyhedra in more dimensions have too many faces to check. */
const MOST_VARIABLES = 8

/** λ and m from the Newton polyhedron of K. Source: arXiv 2606.05957, row B8. */
export async function polyhedronRoad({ divergence }: KnownAnswer): Promise<RoadOutcome> {
  if (divergence === null) return refused('K is not written out as a polynomial')
  const variables = divergence.variables.length
  if (variables > MOST_VARIABLES) return refused(`K has ${variables} variables, more than the ${MOST_VARIABLES} whose faces are checked`)
  const { lambda, lambdaFraction, multiplicity, exact, reason } = rlct(expressionOf(divergence), { prior: priorOf(divergence) })
  if (!exact) return refused(`only λ ≤ ${lambdaFraction}: ${reason}`)
  return { kind: 'reading', lambda, multiplicity, standardError: 0, bar: ROUNDING, passes: 0 }
}
