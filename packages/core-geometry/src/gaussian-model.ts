import { type Matrix, matrix } from '@dead-directions/linalg'
import { checkLength, type Degeneration, type StatisticalModel } from './statistical-model.ts'

/** A family of unit-variance Gaussians given by its mean, with the mean's derivative. */
export interface GaussianFamily {
  readonly name: string
  /** A parameter of the true distribution. */
  readonly truth: Float64Array
  mean(theta: Float64Array): Float64Array
  /** Outputs × parameters. */
  jacobian(theta: Float64Array): Matrix
  readonly degenerations?: readonly Degeneration[]
}

/**
 * The model `N(μ(θ), 1)`: its scores are the Jacobian of `μ` and its divergence is `½‖μ(θ) - μ(truth)‖²`.
 *
 * @param family mean and Jacobian, written so that they lose no digits
 * @throws RangeError, from the model's methods, when `theta` has another length than the truth
 *
 * @example
 * import { gaussianModel } from '@dead-directions/core-geometry'
 * import { matrix } from '@dead-directions/linalg'
 * const parabola = gaussianModel({
 *   name: 'parabola',
 *   truth: Float64Array.of(0),
 *   mean: ([x]) => Float64Array.of(x! ** 2),
 *   jacobian: ([x]) => matrix(1, 1, Float64Array.of(2 * x!)),
 * })
 * parabola.divergence(Float64Array.of(0.1)) // 0.1⁴ / 2
 */
export function gaussianModel({ name, truth, mean, jacobian, degenerations = [] }: GaussianFamily): StatisticalModel {
  const target = mean(truth)
  const check = (theta: Float64Array) => checkLength('theta', theta, truth.length)
  return {
    name,
    dimension: truth.length,
    truth,
    degenerations,
    // Each mean is right to a few units in its last place, so their difference is to the same absolute error.
    divergenceFloor: 8 * Number.EPSILON ** 2 * target.reduce((sum, value) => sum + value * value, 0),
    scoreMatrix(theta) {
      check(theta)
      return jacobian(theta)
    },
    divergence(theta) {
      check(theta)
      return mean(theta).reduce((sum, value, i) => sum + (value - target[i]!) ** 2, 0) / 2
    },
  }
}

/**
 * The Gaussian location family along `μ(t) = t^k`: `F = k² t^{2(k-1)}`, `K = t^{2k}/2`.
 *
 * Source: arXiv 2606.05957, row A4.
 *
 * @param k a whole number of at least 1
 * @throws RangeError when `k` is not
 * @example
 * import { gaussianLocationCurve } from '@dead-directions/core-geometry'
 * gaussianLocationCurve(2).divergence(Float64Array.of(0.1)) // 0.1⁴ / 2
 */
export function gaussianLocationCurve(k: number): StatisticalModel {
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`k: got ${k}, expected a whole number of at least 1`)
  const origin = Float64Array.of(0)
  return gaussianModel({
    name: `Gaussian location along t^${k}`,
    truth: origin,
    mean: ([t]) => Float64Array.of(t! ** k),
    jacobian: ([t]) => matrix(1, 1, Float64Array.of(k * t! ** (k - 1))),
    degenerations: [{ name: 'origin', approach: { origin, direction: Float64Array.of(1) }, klOrder: k }],
  })
}

/**
 * The additive normal form `K = Σ θ_i^{2 k_i}`, as the unit Gaussian noise map with means `√2 θ_i^{k_i}`.
 *
 * Source: arXiv 2606.05957, rows A4 and B3.
 *
 * @param orders the `k_i`, whole numbers of at least 1
 * @throws RangeError when one is not
 * @example
 * import { additiveNormalForm } from '@dead-directions/core-geometry'
 * additiveNormalForm([2, 1]).divergence(Float64Array.of(0.1, 0.2)) // 0.1⁴ + 0.2²
 */
export function additiveNormalForm(orders: readonly number[]): StatisticalModel {
  orders.forEach((k, i) => {
    if (!Number.isInteger(k) || k < 1) throw new RangeError(`orders[${i}]: got ${k}, expected a whole number of at least 1`)
  })
  const size = orders.length
  const origin = new Float64Array(size)
  return gaussianModel({
    name: `additive normal form (${orders.join(', ')})`,
    truth: origin,
    mean: theta => theta.map((value, i) => Math.SQRT2 * value ** orders[i]!),
    jacobian: theta => {
      const data = new Float64Array(size * size)
      orders.forEach((k, i) => (data[i * size + i] = Math.SQRT2 * k * theta[i]! ** (k - 1)))
      return matrix(size, size, data)
    },
    degenerations: orders.map((klOrder, i) => ({
      name: `axis ${i}`,
      approach: { origin, direction: origin.map((_, j) => (i === j ? 1 : 0)) },
      klOrder,
    })),
  })
}
