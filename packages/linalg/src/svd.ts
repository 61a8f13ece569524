import { applyQ, factorHouseholder } from './householder.ts'
import type { Reflectors } from './householder.ts'
import { orthogonalizeRows } from './jacobi.ts'
import type { Matrix } from './matrix.ts'
import { matrix, transpose } from './matrix.ts'
import { completeRows, unitRows } from './orthonormal.ts'
import { scaleOf } from './prescale.ts'
import { workspace } from './workspace.ts'
import type { Rows } from './workspace.ts'

/** A = U·diag(s)·Vᵀ with r = min(rows, cols) singular values. */
export interface SingularValues {
  /** rows × r, orthonormal columns */
  readonly u: Matrix
  /** r values, descending */
  readonly s: Float64Array
  /** cols × r, orthonormal columns */
  readonly v: Matrix
}

/**
 * The thin singular value decomposition; where A = D₁·B·D₂ with diagonal D₁, D₂ and a well-conditioned B, each value
 * is accurate relative to itself, however small.
 *
 * Rows sorted by size, QR with column pivoting, then one-sided Jacobi on Rᵀ:
 * Drmač & Veselić, SIAM J. Matrix Anal. Appl. 29 (2008) 1322 and 1343.
 *
 * @throws RangeError when an entry is not finite.
 * @example
 * import { fromRows, svd } from '@dead-directions/linalg'
 * svd(fromRows([[3, 0], [0, 1e-30]])).s // Float64Array [3, 1e-30]
 */
export function svd(a: Matrix): SingularValues {
  if (a.rows < a.cols) {
    const { u, s, v } = svd(transpose(a))
    return { u: v, s, v: u }
  }
  const factored = precondition(a, 'svd')
  const { space, steps } = factored.reflectors
  const x = upperRows(factored.reflectors)
  const w = { rows: steps, cols: steps, start: x.start + x.rows * x.cols }
  for (let j = 0; j < steps; j++) space.data[w.start + j * steps + j] = 1
  const lengths = orthogonalizeRows(space, x, w)
  const right = unitRows(space, x, lengths)
  const u = leftVectors(factored, w)
  return { u, ...rightSide(factored, right, lengths) }
}

/** The singular values and right vectors (n × n) of a matrix with at least as many rows as columns. */
export function rightSingularVectors(a: Matrix, caller: string): Omit<SingularValues, 'u'> {
  const factored = precondition(a, caller)
  const { space } = factored.reflectors
  const x = upperRows(factored.reflectors)
  const lengths = orthogonalizeRows(space, x)
  return rightSide(factored, unitRows(space, x, lengths), lengths)
}

/**
 * The min(rows, cols) singular values alone, descending, as accurate as those of {@link svd}.
 *
 * @throws RangeError when an entry is not finite.
 * @example
 * import { fromRows, singularValues } from '@dead-directions/linalg'
 * singularValues(fromRows([[3, 0], [0, 1e-30]])) // Float64Array [3, 1e-30]
 */
export function singularValues(a: Matrix): Float64Array {
  const tall = a.rows < a.cols ? transpose(a) : a
  const { reflectors, scale } = precondition(tall, 'singularValues')
  return unscaled(orthogonalizeRows(reflectors.space, upperRows(reflectors)), tall.cols, scale)
}

interface Preconditioned {
  readonly reflectors: Reflectors
  /** row i of the factored matrix is row `rowOrder[i]` of A */
  readonly rowOrder: Int32Array
  readonly scale: number
}

/** QR with column pivoting of A with its rows sorted by largest entry, so that small rows keep their digits. */
function precondition(a: Matrix, caller: string): Preconditioned {
  const { rows: m, cols: n, data } = a
  const scale = scaleOf(a, caller)
  const rowOrder = rowsBySize(a)
  const space = workspace(2 * (m * n + n * n))
  for (let i = 0; i < m; i++) {
    const source = rowOrder[i]! * n
    for (let j = 0; j < n; j++) space.data[j * m + i] = scale * data[source + j]!
  }
  return { reflectors: factorHouseholder(space, { rows: n, cols: m, start: 0 }, true), rowOrder, scale }
}

function rowsBySize({ rows, cols, data }: Matrix): Int32Array {
  const sizes = new Float64Array(rows)
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) sizes[i] = Math.max(sizes[i]!, Math.abs(data[i * cols + j]!))
  return Int32Array.from(sizes.keys()).sort((i, j) => sizes[j]! - sizes[i]!)
}

/** The nonzero rows of R, which are the columns of Rᵀ, behind the reflectors. */
function upperRows({ space: { data }, columns: { rows: n, cols: m }, steps }: Reflectors): Rows {
  const start = m * n
  for (let i = 0; i < steps; i++) for (let j = i; j < n; j++) data[start + i * n + j] = data[j * m + i]!
  return { rows: steps, cols: n, start }
}

/** U = P₁ᵀ·Q·[W, 0; 0, I]. */
function leftVectors({ reflectors, rowOrder }: Preconditioned, w: Rows): Matrix {
  const { data } = reflectors.space
  const { rows: n, cols: m } = reflectors.columns
  const vectors = { rows: n, cols: m, start: w.start + n * n }
  for (let j = 0; j < w.rows; j++) {
    const row = w.start + j * w.cols
    data.copyWithin(vectors.start + j * m, row, row + w.cols)
  }
  for (let j = w.rows; j < n; j++) data[vectors.start + j * m + j] = 1
  applyQ(reflectors, vectors)
  const u = matrix(m, n)
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) u.data[rowOrder[i]! * n + j] = data[vectors.start + j * m + i]!
  return u
}

/** V = P₂·rowsᵀ with the values; the rows of vanishing length are filled in. */
function rightSide(factored: Preconditioned, right: Matrix, lengths: Float64Array): Omit<SingularValues, 'u'> {
  const { permutation } = factored.reflectors
  const n = right.cols
  const rows = completeRows(right, lengths.findLastIndex(length => length > 0) + 1)
  const v = matrix(n, n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) v.data[permutation[i]! * n + j] = rows.data[j * n + i]!
  return { s: unscaled(lengths, n, factored.scale), v }
}

function unscaled(lengths: Float64Array, count: number, scale: number): Float64Array {
  const s = new Float64Array(count)
  for (let i = 0; i < lengths.length; i++) s[i] = lengths[i]! / scale
  return s
}
