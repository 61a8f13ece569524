import type { KnownAnswer } from '../model.ts'
import { refused, type RoadOutcome, ROUNDING, STANDARD_ERRORS } from '../road.ts'

/** λ and m by a rule that is not the one the exact value comes from. Source: arXiv 2606.05957, rows B1–B3 and B7. */
export async function ruleRoad({ rule }: KnownAnswer): Promise<RoadOutcome> {
  if (typeof rule !== 'function') return refused(rule.missing)
  const { lambda, multiplicity, standardError } = rule()
  return { kind: 'reading', lambda, multiplicity, standardError, bar: Math.max(STANDARD_ERRORS * standardError, ROUNDING), passes: 0 }
}
