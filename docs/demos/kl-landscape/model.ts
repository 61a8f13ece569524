import { type Approach, directionalFisher, gaussianLocationCurve, gaussianMixture, geometricGrid, klOrder, klOrderFromDivergence, klOrderFromFisher, type StatisticalModel } from '@dead-directions/core-geometry'
import type { Compute, Line, Outcome } from '../shell/reading.ts'

export interface KlState {
  readonly family: 'curve' | 'mixture'
  readonly k: number
  readonly theta: number
}

export interface KlOutcome extends Outcome {
  /** Approach parameters, with both quantities at each. */
  readonly t: Float64Array
  readonly divergence: Float64Array
  readonly fisher: Float64Array
  /** Equally spaced distances, with the divergence at each. */
  readonly landscape: { readonly theta: Float64Array; readonly divergence: Float64Array }
  readonly fisherHere: number
  readonly divergenceHere: number
}

/** How far the local slope is looked at on both sides of θ, in natural logarithms. */
const reach = 0.02

export const compute: Compute<KlState, KlOutcome> = ({ family, k, theta }) => {
  const { model, direction, order } = subject(family, k)
  const approach: Approach = { origin: direction.map(() => 0), direction }
  const t = geometricGrid(1e-4, 0.8, 61)
  const read = klOrder(model, approach, { t })
  const at = (distance: number): Float64Array => direction.map(value => value * distance)
  const fisherAt = (distance: number): number => directionalFisher(model, at(distance), direction)
  const even = Float64Array.from({ length: 81 }, (_, i) => i / 100)
  const fisherHere = fisherAt(theta)
  const divergenceHere = model.divergence(at(theta))
  const slope = (Math.log(fisherAt(theta * Math.exp(reach))) - Math.log(fisherAt(theta * Math.exp(-reach)))) / (2 * reach)
  return {
    t,
    divergence: t.map(distance => model.divergence(at(distance))),
    fisher: t.map(fisherAt),
    landscape: { theta: even, divergence: even.map(distance => model.divergence(at(distance))) },
    fisherHere,
    divergenceHere,
    lines: [
      { name: 'slope of log F at θ', estimate: slope, error: 0, exact: 2 * (order - 1), exactText: `2(k − 1) = ${2 * (order - 1)}`, tolerance: 0.05 },
      { name: 'F θ² / K at θ', estimate: (fisherHere * theta ** 2) / divergenceHere, error: 0, exact: 2 * order ** 2, exactText: `2k² = ${2 * order ** 2}`, tolerance: 0.05 * order ** 2 },
      ...orders(read, order),
    ],
    notes: family === 'mixture' ? ['On the mixture the exact values are limits: move θ to the left until the first two lines agree. The order of the curve has no part in it, k is 2.'] : [],
  }
}

/** k from the fits over all distances, or why there is none. */
function orders(read: ReturnType<typeof klOrder>, exact: number): Line[] {
  return ([['k from F', read.fisher, klOrderFromFisher], ['k from K', read.divergence, klOrderFromDivergence]] as const).map(([name, fit, reading]): Line => {
    if (fit.kind === 'refused') return { name, refused: fit.reason }
    const { klOrder: estimate, standardError } = reading(fit)
    return { name, estimate, error: standardError, exact, tolerance: 0.01 }
  })
}

function subject(family: KlState['family'], k: number): { readonly model: StatisticalModel; readonly direction: Float64Array; readonly order: number } {
  return family === 'curve' ? { model: gaussianLocationCurve(k), direction: Float64Array.of(1), order: k } : { model: gaussianMixture(), direction: Float64Array.of(1, 1), order: 2 }
}
