import { type Matrix, matrix, multiply, singularValues } from '@dead-directions/linalg'
import type { Approach } from './approach.ts'

/** A parametric family with exact scores, and the divergence to its truth. */
export interface StatisticalModel {
  readonly name: string
  /** Number of parameters. */
  readonly dimension: number
  /** A parameter of the true distribution, a point of the degenerate set `K = 0`. */
  readonly truth: Float64Array
  /**
   * A matrix `R` with Fisher information `F(θ) = RᵀR`: one column per parameter, one row per weighted quadrature node or output.
   * Decompose `R`, never `RᵀR`, whose small eigenvalues are lost.
   */
  scoreMatrix(theta: Float64Array): Matrix
  /** `K(θ)`, in nats, from the truth to the model at `θ`. */
  divergence(theta: Float64Array): number
  /** Absolute error of `divergence` beside the degenerate set; zero where it is exact relative to its value. */
  readonly divergenceFloor: number
  /** Known ways into the degenerate set. */
  readonly degenerations: readonly Degeneration[]
}

/** A known way into the degenerate set of a model, with its KL order. */
export interface Degeneration {
  readonly name: string
  readonly approach: Approach
  readonly klOrder: number
}

/**
 * The Fisher information along a direction, `⟨u, F(θ) u⟩ = ‖R u‖²`.
 *
 * Source: arXiv 2606.05957, row A2.
 *
 * @param theta parameters, `dimension` of them
 * @param u direction or tangent, of the same length; not normalised
 * @throws RangeError when a length is not the model's dimension
 * @example
 * import { directionalFisher, gaussianLocationCurve } from '@dead-directions/core-geometry'
 * directionalFisher(gaussianLocationCurve(3), Float64Array.of(0.1), Float64Array.of(1)) // 9 · 0.1⁴
 */
export function directionalFisher(model: StatisticalModel, theta: Float64Array, u: Float64Array): number {
  checkLength('theta', theta, model.dimension)
  checkLength('u', u, model.dimension)
  return squaredImage(model.scoreMatrix(theta), u)
}

/**
 * The eigenvalues of the Fisher information, as squared singular values of the score matrix, which keeps the small ones.
 *
 * Source: arXiv 2606.05957, rows B1 and C9.
 *
 * @param theta parameters, `dimension` of them
 * @returns `dimension` eigenvalues, descending
 * @throws RangeError when `theta` has another length
 * @example
 * import { additiveNormalForm, fisherSpectrum } from '@dead-directions/core-geometry'
 * fisherSpectrum(additiveNormalForm([2, 1]), Float64Array.of(1e-12, 0)) // [2, 8e-24]
 */
export function fisherSpectrum(model: StatisticalModel, theta: Float64Array): Float64Array {
  checkLength('theta', theta, model.dimension)
  const spectrum = new Float64Array(model.dimension)
  spectrum.set(singularValues(model.scoreMatrix(theta)).map(s => s * s))
  return spectrum
}

/** ‖R u‖². */
export function squaredImage(scores: Matrix, u: Float64Array): number {
  return squaredNorm(multiply(scores, matrix(u.length, 1, u)))
}

/** Sum of the squares of a matrix's entries. */
export function squaredNorm({ data }: Matrix): number {
  return data.reduce((sum, value) => sum + value * value, 0)
}

/** Throws a RangeError unless `values` has the expected length and finite entries. */
export function checkLength(name: string, values: Float64Array, expected: number): void {
  if (values.length !== expected) throw new RangeError(`${name}: got ${values.length} numbers, expected ${expected}`)
  const wrong = values.findIndex(value => !Number.isFinite(value))
  if (wrong >= 0) throw new RangeError(`${name}[${wrong}]: got ${values[wrong]}, expected a finite number`)
}
