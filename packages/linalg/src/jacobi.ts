import { indexOfLargest, swap } from './workspace.ts'
import type { Rows, Workspace } from './workspace.ts'

const maxSweeps = 64

/**
 * One-sided Jacobi: turns the rows of `x` pairwise until they are orthogonal, the longest first, and returns their
 * lengths; the rows of `w`, when given, take the same turns.
 *
 * De Rijk's pivoting (SIAM J. Sci. Stat. Comput. 10 (1989) 359) brings the longest row forward before it is used.
 */
export function orthogonalizeRows(space: Workspace, x: Rows, w?: Rows): Float64Array {
  const lengths = new Float64Array(x.rows)
  const tolerance = Number.EPSILON * Math.sqrt(x.cols)
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    for (let p = 0; p < x.rows; p++) lengths[p] = lengthOf(space, x, p)
    let turned = false
    for (let p = 0; p < x.rows; p++) {
      bringLongestForward(space, x, w, lengths, p)
      for (let q = p + 1; q < x.rows; q++) if (turnPair(space, x, w, lengths, p, q, tolerance)) turned = true
    }
    if (!turned) return lengths
  }
  throw new Error(`svd: columns are not orthogonal after ${maxSweeps} sweeps`)
}

function lengthOf(space: Workspace, { start, cols }: Rows, p: number): number {
  return Math.sqrt(space.dot(start + p * cols, start + p * cols, cols))
}

function bringLongestForward(space: Workspace, x: Rows, w: Rows | undefined, lengths: Float64Array, p: number): void {
  const longest = indexOfLargest(lengths, p)
  if (longest === p) return
  swap(lengths, p, longest, 1)
  swap(space.data, x.start + p * x.cols, x.start + longest * x.cols, x.cols)
  if (w) swap(space.data, w.start + p * w.cols, w.start + longest * w.cols, w.cols)
}

/** Turns rows p and q until orthogonal; false when they already were. */
function turnPair(
  space: Workspace,
  x: Rows,
  w: Rows | undefined,
  lengths: Float64Array,
  p: number,
  q: number,
  tolerance: number,
): boolean {
  const lp = lengths[p]!
  const lq = lengths[q]!
  if (lp === 0 || lq === 0) return false
  const xp = x.start + p * x.cols
  const xq = x.start + q * x.cols
  const cosine = space.dot(xp, xq, x.cols) / lp / lq
  if (!(Math.abs(cosine) > tolerance)) return false
  const ratio = lq / lp
  const zeta = (ratio - 1 / ratio) / (2 * cosine)
  const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta))
  const c = 1 / Math.sqrt(1 + tangent * tangent)
  const s = c * tangent
  space.turn(xp, xq, x.cols, s, s / (1 + c))
  if (w) space.turn(w.start + p * w.cols, w.start + q * w.cols, w.cols, s, s / (1 + c))
  lengths[p] = lp * Math.sqrt(Math.max(0, 1 - tangent * cosine * ratio))
  const left = 1 + (tangent * cosine) / ratio
  lengths[q] = left > 0.01 ? lq * Math.sqrt(left) : lengthOf(space, x, q)
  return true
}
