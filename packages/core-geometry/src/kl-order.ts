import type { Matrix } from '@dead-directions/linalg'
import { type Approach, approachPoint } from './approach.ts'
import { fitLeadingRate, type RateFit, type RateRefusal } from './fit-leading-rate.ts'
import { geometricGrid } from './geometric-grid.ts'
import { agree, klOrderFromDivergence, klOrderFromFisher } from './kl-order-reading.ts'
import { checkLength, squaredImage, squaredNorm, type StatisticalModel } from './statistical-model.ts'

/** A KL order on which the Fisher rate and the divergence rate agree. */
export interface KlOrder {
  readonly kind: 'order'
  readonly klOrder: number
  readonly standardError: number
  readonly fisher: RateFit
  readonly divergence: RateFit
}

/** Why no KL order could be read, with what the two rates said. */
export interface KlOrderRefusal {
  readonly kind: 'refused'
  readonly reason: string
  readonly fisher: RateFit | RateRefusal
  readonly divergence: RateFit | RateRefusal
}

/** Where along the approach to look. */
export interface KlOrderOptions {
  /** Approach parameters; by default 67 from 1e-6 to 0.3. */
  readonly t?: Float64Array
  /** Passed on to the fits. */
  readonly tolerance?: number
}

/**
 * The KL order of an approach, read from the Fisher rate along its tangent and from the rate of the divergence.
 *
 * Both have to be readable and to agree; otherwise the reading is refused and both are shown.
 *
 * @param approach into the degenerate set of the model
 * @throws RangeError when the approach has another dimension than the model or leaves its domain
 *
 * Source: arXiv 2606.05957, rows A1, A2 and A7.
 *
 * @example
 * import { gaussianMixture, klOrder } from '@dead-directions/core-geometry'
 * const order = klOrder(gaussianMixture(), { origin: Float64Array.of(0, 0), direction: Float64Array.of(1, 1) })
 * // order.kind === 'order', order.klOrder ≈ 2
 */
export function klOrder(model: StatisticalModel, approach: Approach, options: KlOrderOptions = {}): KlOrder | KlOrderRefusal {
  const t = options.t ?? geometricGrid(1e-6, 0.3, 67)
  const criteria = options.tolerance === undefined ? {} : { tolerance: options.tolerance }
  const points = Array.from(t, value => approachPoint(approach, value))
  points.forEach(({ theta }) => checkLength('approach', theta, model.dimension))
  const scores = points.map(({ theta }) => model.scoreMatrix(theta))
  const fisher = fitLeadingRate(t, points.map(({ tangent }, i) => squaredImage(scores[i]!, tangent)), {
    ...criteria,
    floor: points.map(({ tangentError }, i) => fisherFloor(scores[i]!, tangentError)),
  })
  const divergence = fitLeadingRate(t, points.map(({ theta }) => model.divergence(theta)), {
    ...criteria,
    floor: points.map(({ theta }, i) => divergenceFloor(model, scores[i]!, theta)),
  })
  return combine(fisher, divergence)
}

/** One answer from the two fits. */
export function combine(fisher: RateFit | RateRefusal, divergence: RateFit | RateRefusal): KlOrder | KlOrderRefusal {
  const refuse = (reason: string): KlOrderRefusal => ({ kind: 'refused', reason, fisher, divergence })
  if (fisher.kind === 'refused') return refuse(`Fisher information: ${fisher.reason}`)
  if (divergence.kind === 'refused') return refuse(`divergence: ${divergence.reason}`)
  const { agrees, value, standardError, readings } = agree([klOrderFromFisher(fisher), klOrderFromDivergence(divergence)])
  if (!agrees) {
    const shown = readings.map(reading => `${reading.klOrder.toFixed(3)} ± ${reading.standardError.toFixed(3)} from the ${reading.source}`)
    return refuse(`the readings of k differ: ${shown.join(', ')}`)
  }
  return { kind: 'order', klOrder: value, standardError, fisher, divergence }
}

/** Rounding error of ‖R u‖²: a few units in the last place of R's entries, and the error of u. */
export function fisherFloor(scores: Matrix, tangentError: number): number {
  return 16 * squaredNorm(scores) * tangentError ** 2
}

/** Error of K from its own rounding and from that of the parameters, which moves the distribution by ‖R δθ‖²/2. */
export function divergenceFloor(model: StatisticalModel, scores: Matrix, theta: Float64Array): number {
  const moved = scores.data.reduce((sum, value, i) => sum + (value * theta[i % theta.length]!) ** 2, 0)
  return model.divergenceFloor + 8 * Number.EPSILON ** 2 * moved
}
