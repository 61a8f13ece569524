import { directionalDerivative } from '@dead-directions/autodiff'
import { leastSquares, type Matrix, matrix } from '@dead-directions/linalg'
import type * as tf from '@tensorflow/tfjs'
import type { GaussianMeanMap } from './gaussian-mean-map.ts'
import { checkLength } from './statistical-model.ts'
import { read, vector } from './tensor-values.ts'

/** The mean of a unit-variance Gaussian family in TensorFlow.js ops, whose Fisher metric is `g = JᵀJ`. */
export type MeanMap = Pick<GaussianMeanMap, 'mean'>

/**
 * The Christoffel symbols `Γ^c_ab` of the Fisher metric of `N(μ(θ), 1)`.
 *
 * The metric is the one that `μ` induces, so `Γ_ab` are the coordinates of the tangential part of `∂_a ∂_b μ`: the least
 * squares solution of `J Γ_ab = ∂_a ∂_b μ`. No inverse of `g` and no derivative of it is formed. The mean is
 * differentiated on the active backend, in as many digits as that holds.
 *
 * @param theta point at which the Jacobian has full rank, n parameters
 * @returns n matrices n × n, one per upper index: `Γ^c_ab` is entry (a, b) of the matrix c
 * @throws RangeError when `theta` has an entry that is not finite, or the Fisher metric is degenerate there
 *
 * Source: arXiv 2606.05957, row A5.
 *
 * @example
 * import * as tf from '@tensorflow/tfjs'
 * import { nodeBackend } from '@dead-directions/backend-node'
 * import { christoffel } from '@dead-directions/core-geometry'
 * await nodeBackend.install()
 * const polar = (x: tf.Tensor1D) => tf.stack([tf.mul(x.slice(0, 1), tf.cos(x.slice(1, 1))), tf.mul(x.slice(0, 1), tf.sin(x.slice(1, 1)))])
 * christoffel({ mean: polar }, Float64Array.of(2, 0.5))[0]!.data[3] // Γ^r_φφ = -r = -2
 */
export function christoffel({ mean }: MeanMap, theta: Float64Array): Matrix[] {
  const size = theta.length
  checkLength('theta', theta, size)
  const units = Array.from({ length: size }, (_, i) => Float64Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)))
  const frame = columns(units.map(u => firstDerivative(mean, theta, u)))
  const symbols = units.map(() => matrix(size, size))
  for (let a = 0; a < size; a++) {
    for (let b = a; b < size; b++) {
      const coordinates = tangentCoordinates(frame, secondDerivative(mean, theta, units[a]!, units[b]!))
      symbols.forEach(({ data }, c) => (data[a * size + b] = data[b * size + a] = coordinates[c]!))
    }
  }
  return symbols
}

/**
 * The sectional curvature of the Fisher metric of `N(μ(θ), 1)` on the plane of two directions.
 *
 * By the Gauss equation, `(⟨II(u,u), II(v,v)⟩ - |II(u,v)|²) / (|Ju|² |Jv|² - ⟨Ju, Jv⟩²)`, with `II(u,v)` the part of the second
 * derivative of `μ` that is normal to all of its tangents. Two derivatives of `μ` are enough where the metric itself would
 * need three, and the small numbers near a dead direction are never differences of large ones.
 *
 * @param theta point at which the Jacobian has full rank
 * @param u direction, of the length of `theta`
 * @param v another direction; only the plane of the two matters
 * @returns the curvature, in units of inverse squared Fisher length; for two parameters the Gauss curvature
 * @throws RangeError when a length is wrong, the directions are parallel, or the Fisher metric is degenerate at `theta`
 *
 * Source: arXiv 2606.05957, row A5.
 *
 * @example
 * import * as tf from '@tensorflow/tfjs'
 * import { nodeBackend } from '@dead-directions/backend-node'
 * import { sectionalCurvature } from '@dead-directions/core-geometry'
 * await nodeBackend.install()
 * const sphere = (x: tf.Tensor1D) => tf.stack([tf.cos(x.slice(0, 1)), tf.mul(tf.sin(x.slice(0, 1)), tf.cos(x.slice(1, 1))), tf.mul(tf.sin(x.slice(0, 1)), tf.sin(x.slice(1, 1)))])
 * sectionalCurvature({ mean: sphere }, Float64Array.of(1, 0.5), Float64Array.of(1, 0), Float64Array.of(0, 1)) // 1
 */
export function sectionalCurvature({ mean }: MeanMap, theta: Float64Array, u: Float64Array, v: Float64Array): number {
  const size = theta.length
  checkLength('theta', theta, size)
  checkLength('u', u, size)
  checkLength('v', v, size)
  const frame = columns(Array.from(theta, (_, i) => firstDerivative(mean, theta, theta.map((_, j) => (i === j ? 1 : 0)))))
  const normal = (a: Float64Array, b: Float64Array) => normalPart(frame, secondDerivative(mean, theta, a, b))
  const [along, mixed, across] = [normal(u, u), normal(u, v), normal(v, v)]
  const [ju, jv] = [firstDerivative(mean, theta, u), firstDerivative(mean, theta, v)]
  const plane = columns([ju])
  if (leastSquares(columns([ju, jv]), ju).rank < 2) throw new RangeError(`v: got [${v.join(', ')}], expected a direction that is not parallel to u`)
  const height = normalPart(plane, jv)
  return (inner(along, across) - inner(mixed, mixed)) / (inner(ju, ju) * inner(height, height))
}

function tangentCoordinates(frame: Matrix, vector: Float64Array): Float64Array {
  const { x, rank } = leastSquares(frame, vector)
  if (rank < frame.cols) throw new RangeError(`theta: got a point at which the Fisher metric has rank ${rank}, expected ${frame.cols}`)
  return x
}

function normalPart(frame: Matrix, vector: Float64Array): Float64Array {
  const coordinates = tangentCoordinates(frame, vector)
  return vector.map((value, i) => coordinates.reduce((rest, x, j) => rest - x * frame.data[i * frame.cols + j]!, value))
}

function firstDerivative(mean: MeanMap['mean'], theta: Float64Array, u: Float64Array): Float64Array {
  return read(() => along(mean, u)(vector(theta)))
}

function secondDerivative(mean: MeanMap['mean'], theta: Float64Array, u: Float64Array, v: Float64Array): Float64Array {
  return read(() => along(along(mean, u), v)(vector(theta)))
}

/** The derivative of a function along a direction, as a function. */
function along(f: MeanMap['mean'], u: Float64Array): MeanMap['mean'] {
  return theta => directionalDerivative(x => f(x as tf.Tensor1D), [theta], [vector(u)]).derivative
}

function columns(vectors: readonly Float64Array[]): Matrix {
  const rows = vectors[0]?.length ?? 0
  return matrix(rows, vectors.length, Float64Array.from({ length: rows * vectors.length }, (_, i) => vectors[i % vectors.length]![Math.floor(i / vectors.length)]!))
}

function inner(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0)
}
