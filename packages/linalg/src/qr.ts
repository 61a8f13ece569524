import { applyQ, factorHouseholder } from './householder.ts'
import type { Matrix } from './matrix.ts'
import { matrix } from './matrix.ts'
import { scaleOf } from './prescale.ts'
import { workspace } from './workspace.ts'

/** A with its columns in the order of `permutation` equals Q·R, with r = min(rows, cols). */
export interface QR {
  /** rows × r, orthonormal columns */
  readonly q: Matrix
  /** r × cols, upper triangular */
  readonly r: Matrix
  /** column j of Q·R is column `permutation[j]` of A */
  readonly permutation: Int32Array
}

/**
 * The thin Householder QR factorisation; with `pivoting` the next column is always the longest that remains, so R's
 * diagonal falls in size (Businger & Golub, Numer. Math. 7 (1965) 269).
 *
 * @throws RangeError when an entry is not finite.
 * @example
 * import { fromRows, qr } from '@dead-directions/linalg'
 * qr(fromRows([[1, 3], [0, 4]]), { pivoting: true }).permutation // Int32Array [1, 0]
 */
export function qr(a: Matrix, { pivoting = false }: { readonly pivoting?: boolean } = {}): QR {
  const { rows: m, cols: n } = a
  const count = Math.min(m, n)
  const scale = scaleOf(a, 'qr')
  const space = workspace(m * n + m * count)
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) space.data[j * m + i] = scale * a.data[i * n + j]!
  const reflectors = factorHouseholder(space, { rows: n, cols: m, start: 0 }, pivoting)
  const basis = { rows: count, cols: m, start: m * n }
  for (let j = 0; j < count; j++) space.data[basis.start + j * m + j] = 1
  applyQ(reflectors, basis)
  const q = matrix(m, count)
  for (let i = 0; i < m; i++)
    for (let j = 0; j < count; j++) q.data[i * count + j] = space.data[basis.start + j * m + i]!
  const r = matrix(count, n)
  for (let i = 0; i < count; i++) for (let j = i; j < n; j++) r.data[i * n + j] = space.data[j * m + i]! / scale
  return { q, r, permutation: reflectors.permutation }
}
