import { sublevelVolumes } from '@dead-directions/backend-gpujs'
import { fitVolumeLaw } from '@dead-directions/selection-rule'
import type { KnownAnswer } from '../model.ts'
import type { PolynomialDivergence } from '../polynomial.ts'
import { refused, type RoadContext, type RoadOutcome, STANDARD_ERRORS } from '../road.ts'

/** Two decades apart, from ε = 1e-8 down: low enough that lower orders of the volume are small. */
const levels = Array.from({ length: 12 }, (_, i) => 10 ** -(8 + 2 * i))
/** The volume law wants at least so many levels. */
const FEWEST = 6
const SAMPLES = 2 ** 22

/** λ and m from how the volume of `{K < ε}` falls, sampled by gpu.js. Source: arXiv 2606.05957, rows A6 and B2–B4. */
export async function volumeRoad({ divergence }: KnownAnswer, { seed, signal, onProgress }: RoadContext): Promise<RoadOutcome> {
  if (divergence === null) return refused('K is not written out as a polynomial')
  const sampling = { mode: 'webasm', seed, samples: SAMPLES, onProgress: (done: number, total: number) => (signal?.throwIfAborted(), onProgress(done / total)) } as const
  const found = await sublevelVolumes(problemOf(divergence), levels, sampling)
  const passes = found.samples * found.levels.length
  const used = found.levels.filter(level => level.refused === null)
  const first = found.levels.find(level => level.refused !== null)
  if (used.length < FEWEST && first !== undefined) return refused(`at ε = ${first.epsilon.toExponential(0)} ${first.refused}`, passes)
  const column = (name: 'epsilon' | 'volume' | 'standardError'): number[] => used.map(level => level[name])
  const law = fitVolumeLaw(column('epsilon'), column('volume'), column('standardError'), { mostMultiplicity: divergence.variables.length })
  if (law.kind === 'refused') return refused(law.reason, passes)
  const { lambda, multiplicity, standardError } = law
  return { kind: 'reading', lambda, multiplicity, standardError, bar: STANDARD_ERRORS * standardError, passes }
}

/** Terms that stand alone are of absolute values, so one orthant will do for them. */
function problemOf({ variables, terms, squares, priorOrders }: PolynomialDivergence): Parameters<typeof sublevelVolumes>[0] {
  const range = squares.length === 0 ? ([0, 1] as const) : ([-1, 1] as const)
  return { terms, squares, density: [{ coefficient: 1, exponents: priorOrders }], box: variables.map(() => range) }
}
