import { matrix, type Matrix, multiply, svd, transpose } from '@dead-directions/linalg'
import type { StatisticalModel } from './statistical-model.ts'

/** The parameters near a singular point, split by the scores there: regular directions, and the null space of the Fisher form. */
export interface Splitting {
  /** Parameters × regular directions, orthonormal columns. */
  readonly regular: Matrix
  /** Parameters × null directions, orthonormal columns. */
  readonly dead: Matrix
}

/** Splits at `theta` by the singular values of the score matrix, those up to `threshold` times the largest counting as zero. */
export function splitting(model: StatisticalModel, theta: Float64Array, threshold: number): Splitting {
  const n = model.dimension
  const scores = model.scoreMatrix(theta)
  // Rows of zeros make the decomposition show the whole null space, also with fewer rows than parameters.
  const padded = matrix(Math.max(scores.rows, n), n)
  padded.data.set(scores.data)
  const { s, v } = svd(padded)
  const rank = s.findIndex(value => value <= threshold * s[0]!)
  const cut = rank < 0 ? n : rank
  return { regular: columns(v, 0, cut), dead: columns(v, cut, n) }
}

/** Where a lifted path is, and with which velocity and Fisher information it passes. */
export interface LiftedPoint {
  readonly theta: Float64Array
  readonly tangent: Float64Array
}

/**
 * The path that leaves `origin` along `u` and moves in the regular directions so as to change the distribution least:
 * `θ' = u + Y y` with `y` minimising `‖R(θ)(u + Y y)‖`. On a curved degenerate set it follows the curve where a ray would leave it.
 *
 * @param t ascending approach parameters; fourth-order Runge–Kutta between neighbours, in `steps` steps
 */
export function liftedPath(model: StatisticalModel, origin: Float64Array, u: Float64Array, regular: Matrix, t: Float64Array, steps = 4): LiftedPoint[] {
  const velocity = (theta: Float64Array) => lift(model.scoreMatrix(theta), u, regular)
  let theta: Float64Array = origin
  let previous = 0
  return Array.from(t, now => {
    const h = (now - previous) / steps
    for (let i = 0; i < steps; i++) theta = rungeKutta(velocity, theta, h)
    previous = now
    return { theta, tangent: velocity(theta) }
  })
}

/** `u + Y y` with `y` minimising `‖R(u + Y y)‖`. */
export function lift(scores: Matrix, u: Float64Array, regular: Matrix): Float64Array {
  if (regular.cols === 0) return u
  const { u: left, s, v } = svd(multiply(scores, regular))
  const seen = multiply(transpose(left), multiply(scores, matrix(u.length, 1, u))).data
  const y = multiply(v, matrix(s.length, 1, seen.map((value, i) => (s[i] === 0 ? 0 : -value / s[i]!))))
  const correction = multiply(regular, y).data
  return u.map((value, i) => value + correction[i]!)
}

function rungeKutta(velocity: (theta: Float64Array) => Float64Array, theta: Float64Array, h: number): Float64Array {
  const ahead = (step: number, k: Float64Array) => theta.map((value, i) => value + step * k[i]!)
  const a = velocity(theta)
  const b = velocity(ahead(h / 2, a))
  const c = velocity(ahead(h / 2, b))
  const d = velocity(ahead(h, c))
  return theta.map((value, i) => value + (h / 6) * (a[i]! + 2 * b[i]! + 2 * c[i]! + d[i]!))
}

/** Columns `from … to - 1` of a matrix. */
export function columns({ rows, cols, data }: Matrix, from: number, to: number): Matrix {
  const width = to - from
  return matrix(rows, width, Float64Array.from({ length: rows * width }, (_, i) => data[Math.floor(i / width) * cols + from + (i % width)]!))
}
