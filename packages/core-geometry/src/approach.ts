/** A straight approach `θ(t) = origin + t · direction`. */
export interface Ray {
  readonly origin: Float64Array
  readonly direction: Float64Array
}

/** A curved approach, into the degenerate set as `t → 0+`. */
export interface Curve {
  point(t: number): Float64Array
  /** Tangent `dθ/dt`; taken from five points of the curve when absent. */
  direction?(t: number): Float64Array
}

/** A way into the degenerate set, parametrised by `t > 0`. */
export type Approach = Ray | Curve

/** A point of an approach with its tangent. */
export interface ApproachPoint {
  readonly theta: Float64Array
  readonly tangent: Float64Array
  /** Rounding error of the tangent, as a length. */
  readonly tangentError: number
}

/** The point and tangent of an approach at `t`. */
export function approachPoint(approach: Approach, t: number): ApproachPoint {
  if (!('point' in approach)) {
    const { origin, direction } = approach
    return { theta: origin.map((value, i) => value + t * direction[i]!), tangent: direction, tangentError: Number.EPSILON * norm(direction) }
  }
  const theta = approach.point(t)
  const tangent = approach.direction?.(t)
  if (tangent !== undefined) return { theta, tangent, tangentError: Number.EPSILON * norm(tangent) }
  return { theta, tangent: fivePointTangent(approach, t), tangentError: (Number.EPSILON * norm(theta)) / step(t) }
}

const step = (t: number) => t / 16

/** Central difference, exact for polynomials of degree four. */
function fivePointTangent(curve: Curve, t: number): Float64Array {
  const h = step(t)
  const [a, b, c, d] = [-2, -1, 1, 2].map(n => curve.point(t + n * h)) as [Float64Array, Float64Array, Float64Array, Float64Array]
  return b.map((_, i) => (8 * (c[i]! - b[i]!) - (d[i]! - a[i]!)) / (12 * h))
}

function norm(values: Float64Array): number {
  return Math.hypot(...values)
}
