import { matrix, type Matrix, multiply, svd } from '@dead-directions/linalg'
import { fitLeadingRate, vanishesIdentically } from './fit-leading-rate.ts'
import { geometricGrid } from './geometric-grid.ts'
import { combine, divergenceFloor, fisherFloor } from './kl-order.ts'
import { columns, lift, type LiftedPoint, liftedPath, type Splitting, splitting } from './lifted-path.ts'
import { checkLength, squaredImage, squaredNorm, type StatisticalModel } from './statistical-model.ts'

/** What a null direction of the Fisher form turns out to be. Each `direction` is a unit vector. */
export type NullDirection =
  | {
      readonly kind: 'dead'
      readonly direction: Float64Array
      readonly klOrder: number
      readonly standardError: number
      /** Window of the Fisher rate. */
      readonly window: readonly [tMin: number, tMax: number]
    }
  /** Fisher information and divergence vanish to the floor along the lifted path: it runs inside the degenerate set. */
  | { readonly kind: 'tangential'; readonly direction: Float64Array }
  | { readonly kind: 'undetermined'; readonly direction: Float64Array; readonly reason: string }

/** How far to look, and what counts as zero. */
export interface DeadDirectionOptions {
  /** Approach parameters, ascending; by default 31 from 1e-3 to 0.3. */
  readonly t?: Float64Array
  /** Singular values of the score matrix up to this share of the largest count as zero; 1e-7 by default. */
  readonly threshold?: number
}

/** Distance at which the null space is split by its rates. */
const nearby = 1e-3

/**
 * The dead and the tangential directions at a point of the degenerate set.
 *
 * The null space of the Fisher form is split by the singular values of the scores a little away in general position, and the KL
 * order is measured along each direction, on a path whose regular coordinates follow so as to change the distribution least.
 *
 * On a smooth fibre this decomposes the null space. At a crossing each order holds for its own direction, others may have
 * a different one, and tangential directions may be missed: there the list is no decomposition, and no sum over it is λ.
 * Orders above five sink below the floor. At a `theta` merely near the degenerate set directions come out undetermined.
 *
 * @param theta a point with `K = 0`; the model must be defined on both sides of it
 * @returns one entry per null direction, lowest order first; none at a regular point
 * @throws RangeError when `theta` has the wrong length or the model is not defined around it
 *
 * Source: arXiv 2606.05957, rows A2, B1(a) and B1(b).
 *
 * @example
 * import { additiveNormalForm, findDeadDirections } from '@dead-directions/core-geometry'
 * findDeadDirections(additiveNormalForm([3, 1, 2]), new Float64Array(3)).map(found => found.kind === 'dead' && found.klOrder) // [2, 3]
 */
export function findDeadDirections(model: StatisticalModel, theta: Float64Array, options: DeadDirectionOptions = {}): NullDirection[] {
  checkLength('theta', theta, model.dimension)
  const t = options.t ?? geometricGrid(1e-3, 0.3, 31)
  const split = splitting(model, theta, options.threshold ?? 1e-7)
  if (split.dead.cols === 0) return []
  const candidates = byRate(model, theta, split)
  return Array.from({ length: candidates.cols }, (_, i) => measure(model, theta, columns(candidates, i, i + 1).data, split, t)).sort((a, b) => rank(a) - rank(b))
}

/** An orthonormal basis of the null space, ordered by how much Fisher information it has nearby; ± cancels the first-order turn of the directions. */
function byRate(model: StatisticalModel, theta: Float64Array, { regular, dead }: Splitting): Matrix {
  const weights = matrix(dead.cols, 1, Float64Array.from({ length: dead.cols }, (_, i) => Math.cos(i + 1)))
  const general = multiply(dead, weights).data
  const length = Math.hypot(...general)
  const seen = [nearby, -nearby].map(distance => {
    const [point] = liftedPath(model, theta, general.map(value => value / length), regular, Float64Array.of(distance))
    return liftedScores(model.scoreMatrix(point!.theta), { regular, dead })
  })
  const rows = seen.reduce((sum, { rows }) => sum + rows, 0)
  const stacked = matrix(Math.max(rows, dead.cols), dead.cols)
  stacked.data.set(seen[0]!.data)
  stacked.data.set(seen[1]!.data, seen[0]!.data.length)
  return multiply(dead, svd(stacked).v)
}

/** Scores of the null directions, each with the regular directions projected out. */
function liftedScores(scores: Matrix, { regular, dead }: Splitting): Matrix {
  const lifted = matrix(dead.rows, dead.cols)
  for (let j = 0; j < dead.cols; j++) {
    lift(scores, columns(dead, j, j + 1).data, regular).forEach((value, i) => (lifted.data[i * dead.cols + j] = value))
  }
  return multiply(scores, lifted)
}

function measure(model: StatisticalModel, origin: Float64Array, direction: Float64Array, split: Splitting, t: Float64Array): NullDirection {
  const path = seenAlong(model, liftedPath(model, origin, direction, split.regular, t, 2))
  const coarse = seenAlong(model, liftedPath(model, origin, direction, split.regular, t, 1))
  // A candidate is known to second order in the distance at which it was found, and so may contain others by that much.
  const mixed = path.map(({ scores }) => (split.dead.cols === 1 ? 0 : nearby ** 4 * squaredNorm(liftedScores(scores, split))))
  const fisher = fitLeadingRate(t, path.map(point => point.fisher), {
    floor: path.map(({ scores, fisher }, i) => fisherFloor(scores, 2 * Number.EPSILON) + mixed[i]! + Math.abs(coarse[i]!.fisher - fisher)),
  })
  const divergence = fitLeadingRate(t, path.map(point => point.divergence), {
    floor: path.map(({ scores, theta, divergence }, i) =>
      divergenceFloor(model, scores, theta) + mixed[i]! * t[i]! ** 2 + Math.abs(coarse[i]!.divergence - divergence)),
  })
  if ([fisher, divergence].every(fit => fit.kind === 'refused' && fit.reason === vanishesIdentically)) return { kind: 'tangential', direction }
  const order = combine(fisher, divergence)
  if (order.kind === 'refused') return { kind: 'undetermined', direction, reason: order.reason }
  if (order.klOrder < 1.5) return { kind: 'undetermined', direction, reason: 'the Fisher form vanishes at theta but not beside it: k = 1 at a kink' }
  return { kind: 'dead', direction, klOrder: order.klOrder, standardError: order.standardError, window: order.fisher.window }
}

function seenAlong(model: StatisticalModel, path: readonly LiftedPoint[]): SeenPoint[] {
  return path.map(({ theta, tangent }) => {
    const scores = model.scoreMatrix(theta)
    return { theta, scores, fisher: squaredImage(scores, tangent), divergence: model.divergence(theta) }
  })
}

interface SeenPoint {
  readonly theta: Float64Array
  readonly scores: Matrix
  readonly fisher: number
  readonly divergence: number
}

function rank(found: NullDirection): number {
  return found.kind === 'dead' ? found.klOrder : found.kind === 'undetermined' ? 1e3 : Infinity
}
