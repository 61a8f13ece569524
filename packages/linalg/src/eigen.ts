import { choleskyOf, requireSymmetric } from './cholesky.ts'
import { diagonalize } from './jacobi-symmetric.ts'
import { orthogonalizeRows } from './jacobi.ts'
import type { Matrix } from './matrix.ts'
import { matrix, transpose } from './matrix.ts'
import { completeRows, unitRows } from './orthonormal.ts'
import { scaleOf } from './prescale.ts'
import { rightSingularVectors, svd } from './svd.ts'
import { workspace } from './workspace.ts'

/** A = V·diag(values)·Vᵀ. */
export interface Eigen {
  /** n values, descending */
  readonly values: Float64Array
  /** n × n, orthonormal; column j belongs to `values[j]` */
  readonly vectors: Matrix
}

/**
 * The eigenvalues and eigenvectors of a symmetric matrix.
 *
 * A positive semidefinite matrix goes through pivoted Cholesky and one-sided Jacobi, which keeps every eigenvalue
 * accurate relative to itself as far as the entries of A determine it (Veselić & Hari, Numer. Math. 56 (1989) 627);
 * an indefinite one through two-sided Jacobi. If A is a Gram matrix whose factor is at hand, {@link eigenOfGram} of
 * the factor sees eigenvalues that A has lost.
 *
 * @param a n × n, read below the diagonal
 * @throws RangeError when A is not square, finite and symmetric.
 * @example
 * import { eigenSymmetric, fromRows } from '@dead-directions/linalg'
 * eigenSymmetric(fromRows([[0, 1], [1, 0]])).values // Float64Array [1, -1]
 */
export function eigenSymmetric(a: Matrix): Eigen {
  requireSymmetric(a, 'eigenSymmetric')
  const scale = scaleOf(a, 'eigenSymmetric')
  const scaled = matrix(a.rows, a.cols, a.data.map(value => scale * value))
  return semidefinite(scaled, scale) ?? indefinite(scaled, scale)
}

/**
 * The eigenvalues and eigenvectors of RᵀR from R itself: squared singular values and right singular vectors, so that
 * values 10^-36 times the largest keep their digits.
 *
 * @param factor m × n, for example a data matrix or a Cholesky factor's transpose
 * @returns n values and n × n vectors
 * @throws RangeError when an entry is not finite.
 * @example
 * import { eigenOfGram, fromRows } from '@dead-directions/linalg'
 * eigenOfGram(fromRows([[3, 0], [0, 1e-20]])).values // Float64Array [9, 1e-40]
 */
export function eigenOfGram(factor: Matrix): Eigen {
  const n = factor.cols
  const { s, v } = factor.rows < n ? svd(factor) : rightSingularVectors(factor, 'eigenOfGram')
  const values = new Float64Array(n)
  s.forEach((value, i) => (values[i] = value * value))
  const rows = matrix(n, n)
  rows.data.set(transpose(v).data)
  return { values, vectors: transpose(completeRows(rows, s.length)) }
}

/** Through A = L·Lᵀ: with L = U·Σ·Wᵀ the eigenvectors are U and the eigenvalues Σ². */
function semidefinite(a: Matrix, scale: number): Eigen | undefined {
  const factor = choleskyOf(a)
  if (!factor) return undefined
  const { l, permutation, rank } = factor
  const n = a.rows
  const space = workspace(n * rank)
  const x = { rows: rank, cols: n, start: 0 }
  permutation.forEach((row, i) => {
    for (let j = 0; j < rank; j++) space.data[j * n + row] = l.data[i * rank + j]!
  })
  const lengths = orthogonalizeRows(space, x)
  const values = new Float64Array(n)
  lengths.forEach((length, i) => (values[i] = (length / scale) * length))
  return { values, vectors: transpose(completeRows(unitRows(space, x, lengths), rank)) }
}

function indefinite(a: Matrix, scale: number): Eigen {
  const n = a.rows
  const s = { rows: n, cols: n, start: 0 }
  const v = { rows: n, cols: n, start: n * n }
  const space = workspace(2 * n * n)
  for (let i = 0; i < n; i++) {
    space.data[v.start + i * n + i] = 1
    for (let j = 0; j <= i; j++) space.data[i * n + j] = space.data[j * n + i] = a.data[i * n + j]!
  }
  const unsorted = diagonalize(space, s, v)
  const order = Array.from(unsorted.keys()).sort((i, j) => unsorted[j]! - unsorted[i]!)
  const vectors = matrix(n, n)
  order.forEach((from, to) => {
    for (let i = 0; i < n; i++) vectors.data[i * n + to] = space.data[v.start + from * n + i]!
  })
  return { values: Float64Array.from(order, i => unsorted[i]! / scale), vectors }
}
