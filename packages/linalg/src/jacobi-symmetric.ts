import type { Rows, Workspace } from './workspace.ts'

const maxSweeps = 64

/**
 * Two-sided Jacobi: turns the symmetric matrix in the rows of `s` until it is diagonal; the rows of `v`, the identity
 * at first, become its eigenvectors.
 */
export function diagonalize(space: Workspace, s: Rows, v: Rows): Float64Array {
  const { rows: n, start } = s
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    let turned = false
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) if (turnPair(space, s, v, p, q)) turned = true
    if (!turned) return Float64Array.from({ length: n }, (_, i) => space.data[start + i * n + i]!)
  }
  throw new Error(`eigenSymmetric: the matrix is not diagonal after ${maxSweeps} sweeps`)
}

/** Makes entry (p, q) zero; false when it is negligible beside its two diagonal entries. */
function turnPair({ data, turn }: Workspace, { rows: n, start }: Rows, v: Rows, p: number, q: number): boolean {
  const pp = start + p * n + p
  const qq = start + q * n + q
  const pq = start + p * n + q
  const app = data[pp]!
  const aqq = data[qq]!
  const apq = data[pq]!
  if (Math.abs(apq) <= Number.EPSILON * Math.sqrt(Math.abs(app)) * Math.sqrt(Math.abs(aqq))) return false
  const theta = (aqq - app) / (2 * apq)
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(1 + theta * theta))
  const c = 1 / Math.sqrt(1 + tangent * tangent)
  const sine = c * tangent
  turn(start + p * n, start + q * n, n, sine, sine / (1 + c))
  turn(v.start + p * n, v.start + q * n, n, sine, sine / (1 + c))
  data[pp] = app - tangent * apq
  data[qq] = aqq + tangent * apq
  data[pq] = data[start + q * n + p] = 0
  for (let k = 0; k < n; k++) {
    data[start + k * n + p] = data[start + p * n + k]!
    data[start + k * n + q] = data[start + q * n + k]!
  }
  return true
}
