import { directionalDerivative } from '@dead-directions/autodiff'
import { type Matrix, matrix } from '@dead-directions/linalg'
import type * as tf from '@tensorflow/tfjs'
import { gaussianModel } from './gaussian-model.ts'
import type { Degeneration, StatisticalModel } from './statistical-model.ts'
import { read, vector } from './tensor-values.ts'

/** A unit-variance Gaussian family whose mean is written in TensorFlow.js ops. */
export interface GaussianMeanMap {
  /** Called on errors and in reports; `Gaussian mean map` by default. */
  readonly name?: string
  /** A parameter of the true distribution. */
  readonly truth: Float64Array
  /** Maps the vector of parameters to a tensor of means, of any shape. */
  mean(theta: tf.Tensor1D): tf.Tensor
  readonly degenerations?: readonly Degeneration[]
}

/**
 * The model `N(μ(θ), 1)` with `μ` in TensorFlow.js ops and its Jacobian by automatic differentiation, a column at a time.
 *
 * It computes on the active backend: rates need one that holds float64.
 *
 * @param map the mean, smooth near the truth; outputs are not averaged, so scale them by 1/√samples for a mean over inputs
 * @throws RangeError, from the model's methods, when `theta` has another length than the truth
 *
 * @example
 * import * as tf from '@tensorflow/tfjs'
 * import { nodeBackend } from '@dead-directions/backend-node'
 * import { gaussianMeanMap, klOrder } from '@dead-directions/core-geometry'
 * await nodeBackend.install()
 * const model = gaussianMeanMap({ truth: Float64Array.of(0, 0), mean: theta => tf.prod(theta) })
 * klOrder(model, { origin: model.truth, direction: Float64Array.of(1, 1) }) // k = 2
 */
export function gaussianMeanMap({ name = 'Gaussian mean map', truth, mean, degenerations = [] }: GaussianMeanMap): StatisticalModel {
  const values = (theta: Float64Array) => read(() => mean(vector(theta)))
  return gaussianModel({ name, truth, mean: values, jacobian: theta => jacobian(mean, theta), degenerations })
}

function jacobian(mean: GaussianMeanMap['mean'], theta: Float64Array): Matrix {
  const columns = Array.from(theta, (_, j) =>
    read(() => {
      const unit = new Float64Array(theta.length)
      unit[j] = 1
      return directionalDerivative(x => mean(x as tf.Tensor1D), [vector(theta)], [vector(unit)]).derivative
    }),
  )
  const rows = columns[0]?.length ?? 0
  return matrix(rows, theta.length, Float64Array.from({ length: rows * theta.length }, (_, i) => columns[i % theta.length]![Math.floor(i / theta.length)]!))
}
