import { type Constraint, eliminate, maximise } from './maximise.ts'
import { add, compare, type Rational } from './rational.ts'
import { divide, multiply, negate, one, sign, subtract, zero } from './rational-field.ts'

/** A vector of exponents, or of weights of the variables. */
export type Exponents = readonly Rational[]

/** Where the ray through `direction` enters the Newton polyhedron. */
export interface Crossing {
  /** `1/t*`, with `t* · direction` the point of entry. */
  readonly inverseDistance: Rational
  /** Codimension of the smallest face that holds this point. */
  readonly codimension: number
  /** Which of the exponents lie on that face. */
  readonly onFace: readonly number[]
}

/**
 * Where a ray enters the Newton polyhedron, the convex hull of `exponents + (R≥0)^n`.
 *
 * `1/t*` is the largest `Σ y_α` with `y ≥ 0` and `Σ y_α α ≤ direction`; the codimension of the face is the dimension of the
 * cone of weights that are least on it.
 *
 * @param exponents vectors other than zero
 * @param direction vector of positive numbers
 */
export function crossingOf(exponents: readonly Exponents[], direction: Exponents): Crossing {
  const inverseDistance = largestShare(exponents, direction)
  const entry = direction.map(d => divide(d, inverseDistance))
  const rows = exponents.map(alpha => difference(alpha, entry))
  const weights = innermostWeights(verticesOf(exponents).map(j => rows[j]!), direction.length)
  const onFace = exponents.map((_, j) => j).filter(j => sign(dot(rows[j]!, weights)) === 0)
  const axes = direction.map((_, i) => unit(direction.length, i)).filter((_, i) => sign(weights[i]!) === 0)
  return { inverseDistance, codimension: direction.length - rank([...onFace.map(j => rows[j]!), ...axes]), onFace }
}

/** The compact faces of the Newton polyhedron that hold at least one of the `marked` exponents, as sets of indices. */
export function compactFaces(exponents: readonly Exponents[], marked: readonly number[]): number[][] {
  const vertices = verticesOf(exponents)
  const faces = new Map<string, number[]>()
  const waiting = marked.map(j => [j])
  for (let seed = waiting.pop(); seed !== undefined; seed = waiting.pop()) {
    const face = compactFaceWith(exponents, vertices, seed)
    if (face === null || faces.has(face.join())) continue
    faces.set(face.join(), face)
    waiting.push(...vertices.filter(j => !face.includes(j)).map(j => [...seed, j]))
  }
  return [...faces.values()]
}

/** The smallest compact face that holds these exponents, or null when none does: weights of a compact face are positive. */
function compactFaceWith(exponents: readonly Exponents[], vertices: readonly number[], seed: readonly number[]): number[] | null {
  const rows = exponents.map(alpha => difference(alpha, exponents[seed[0]!]!))
  const held = seed.slice(1).map(j => rows[j]!.map(negate))
  const weights = innermostWeights([...vertices.map(j => rows[j]!), ...held], rows[0]!.length)
  if (weights.some(weight => sign(weight) === 0)) return null
  return exponents.map((_, j) => j).filter(j => sign(dot(rows[j]!, weights)) === 0)
}

/** The exponents that are not in the polyhedron of the others; every linear bound on the polyhedron is one on them. */
function verticesOf(exponents: readonly Exponents[]): number[] {
  return exponents.map((_, j) => j).filter(j => compare(largestShare(exponents.filter((_, other) => other !== j), exponents[j]!), one) < 0)
}

/** The largest `Σ y_α` with `y ≥ 0` and `Σ y_α α ≤ bounds`. */
function largestShare(exponents: readonly Exponents[], bounds: Exponents): Rational {
  const constraints = bounds.map((bound, i): Constraint => ({ row: exponents.map(alpha => alpha[i]!), bound }))
  return maximise(exponents.map(() => one), constraints).value
}

/** The dimension of the smallest affine space through these points. */
export function affineDimension(points: readonly Exponents[]): number {
  return rank(points.slice(1).map(point => difference(point, points[0]!)))
}

/**
 * A point of the cone `{w ≥ 0, row · w ≥ 0}` at which only those weights and rows are zero that are so on the whole cone.
 *
 * Each gets a slack between 0 and 1. A cone can be scaled and its points added, so the largest sum of slacks has a one
 * wherever the slack is positive somewhere.
 */
function innermostWeights(rows: readonly Exponents[], width: number): readonly Rational[] {
  const all = [...rows, ...Array.from({ length: width }, (_, i) => unit(width, i))]
  const slack = (j: number) => all.map((_, i) => (i === j ? one : zero))
  const none = Array<Rational>(width).fill(zero)
  const constraints = all.flatMap((row, j): Constraint[] => [
    { row: [...row.map(negate), ...slack(j)], bound: zero },
    { row: [...none, ...slack(j)], bound: one },
  ])
  return maximise([...none, ...all.map(() => one)], constraints).point.slice(0, width)
}

function rank(vectors: readonly Exponents[]): number {
  let left = vectors
  let found = 0
  while (left.length > 0) {
    const [first, ...rest] = left as [Exponents, ...Exponents[]]
    const column = first.findIndex(value => sign(value) !== 0)
    left = rest
    if (column < 0) continue
    const pivot = first.map(value => divide(value, first[column]!))
    left = rest.map(vector => eliminate(vector, pivot, column))
    found++
  }
  return found
}

export function difference(a: Exponents, b: Exponents): Rational[] {
  return a.map((value, i) => subtract(value, b[i]!))
}

function unit(width: number, i: number): Rational[] {
  return Array.from({ length: width }, (_, j) => (i === j ? one : zero))
}

function dot(a: Exponents, b: Exponents): Rational {
  return a.reduce((sum, value, i) => add(sum, multiply(value, b[i]!)), zero)
}
