import { leastSquares, matrix } from '@dead-directions/linalg'
import { chiSquaredTail } from './volume-law-chi-squared.ts'
import type { Whitening } from './volume-law-whitening.ts'

/** The best fit of one multiplicity. */
export interface Candidate {
  readonly multiplicity: number
  readonly lambda: number
  readonly standardError: number
  /** Shift s of log 1/ε; 0 at m = 1. */
  readonly shift: number
  readonly chiSquared: number
  /** Levels less fitted parameters. */
  readonly freedom: number
  /** How often a misfit at least as large comes up when the model holds. */
  readonly fitProbability: number
}

/** Bounds of the shift as shares of the least depth. */
const [leastShift, mostShift] = [-1 / 2, 1]
const shiftSteps = 12
const goldenRatio = (Math.sqrt(5) - 1) / 2

/**
 * Fits `log V = -λ L + (m-1) log(L + s) + c + Σ_{2≤j<m} r_j (L + s)^{-j}` in L = log 1/ε: the logarithm of a polynomial of
 * degree m - 1 in L has m coefficients, and their terms of lower order fall too slowly to be left out.
 *
 * @param depths L of each level, the deepest first
 */
export function fitCandidate(multiplicity: number, depths: Float64Array, logs: Float64Array, whiten: Whitening): Candidate {
  const least = depths.at(-1)!
  const fitAt = (shift: number): Straight => straight(multiplicity, shift, depths, logs, whiten)
  const shift = multiplicity === 1 ? 0 : minimise(s => fitAt(s).chiSquared, leastShift * least, mostShift * least)
  const { lambda, chiSquared } = fitAt(shift)
  const freedom = depths.length - multiplicity - 1
  const standardError = errorOfSlope(multiplicity, shift, depths, whiten)
  return { multiplicity, lambda, standardError, shift, chiSquared, freedom, fitProbability: chiSquaredTail(chiSquared, freedom) }
}

interface Straight {
  readonly lambda: number
  readonly chiSquared: number
}

function straight(multiplicity: number, shift: number, depths: Float64Array, logs: Float64Array, whiten: Whitening): Straight {
  const rest = logs.map((value, i) => value - (multiplicity - 1) * Math.log(depths[i]! + shift))
  const { x, residualNorm } = leastSquares(columns([depths.map(depth => -depth), ...lowerOrders(multiplicity, shift, depths)].map(whiten)), whiten(rest))
  return { lambda: x[0]!, chiSquared: residualNorm ** 2 }
}

/** Standard error of λ with all else fitted beside it: one over what is left of its column beside theirs. */
function errorOfSlope(multiplicity: number, shift: number, depths: Float64Array, whiten: Whitening): number {
  const ofShift = multiplicity === 1 ? [] : [depths.map(depth => 1 / (depth + shift))]
  return 1 / leastSquares(columns([...ofShift, ...lowerOrders(multiplicity, shift, depths)].map(whiten)), whiten(depths)).residualNorm
}

/** What is linear beside λ: the constant and the powers of 1/(L + s). */
function lowerOrders(multiplicity: number, shift: number, depths: Float64Array): Float64Array[] {
  return [depths.map(() => 1), ...Array.from({ length: Math.max(0, multiplicity - 2) }, (_, j) => depths.map(depth => (depth + shift) ** -(j + 2)))]
}

function columns(vectors: readonly Float64Array[]): ReturnType<typeof matrix> {
  const rows = vectors[0]!.length
  const data = new Float64Array(rows * vectors.length)
  vectors.forEach((vector, j) => vector.forEach((value, i) => (data[i * vectors.length + j] = value)))
  return matrix(rows, vectors.length, data)
}

/** The place of the least value: the best of even steps, then golden sections around it. */
function minimise(f: (x: number) => number, from: number, to: number): number {
  const step = (to - from) / shiftSteps
  const places = Array.from({ length: shiftSteps + 1 }, (_, i) => from + i * step)
  const values = places.map(f)
  const best = places[values.indexOf(Math.min(...values))]!
  let [low, high] = [Math.max(from, best - step), Math.min(to, best + step)]
  while (high - low > 1e-5 * (to - from)) {
    const [a, b] = [high - goldenRatio * (high - low), low + goldenRatio * (high - low)]
    if (f(a) < f(b)) high = b
    else low = a
  }
  return (low + high) / 2
}
