import type { Matrix } from './matrix.ts'
import { matrix } from './matrix.ts'
import { plainDot } from './workspace-plain.ts'
import { swap } from './workspace.ts'

/** A with rows and columns in the order of `permutation` equals L·Lᵀ. */
export interface PivotedCholesky {
  /** n × rank, lower trapezoidal */
  readonly l: Matrix
  /** row i of L is row `permutation[i]` of A */
  readonly permutation: Int32Array
  readonly rank: number
}

/**
 * The Cholesky factor of a symmetric positive semidefinite matrix, the largest remaining pivot first.
 *
 * A pivot counts as zero when n roundings of its own diagonal entry explain it, so graded matrices keep their rank.
 *
 * @param a n × n, read below the diagonal
 * @throws RangeError when A is not square, finite, symmetric or positive semidefinite.
 * @example
 * import { fromRows, pivotedCholesky } from '@dead-directions/linalg'
 * pivotedCholesky(fromRows([[1, 2], [2, 4]])).rank // 1
 */
export function pivotedCholesky(a: Matrix): PivotedCholesky {
  requireSymmetric(a, 'pivotedCholesky')
  const factor = choleskyOf(a)
  if (!factor)
    throw new RangeError('pivotedCholesky: a has a negative eigenvalue, expected a positive semidefinite matrix')
  return factor
}

/** @throws RangeError naming `caller` when A is not square, finite and symmetric to ten digits of its largest entry. */
export function requireSymmetric({ rows: n, cols, data }: Matrix, caller: string): void {
  if (cols !== n) throw new RangeError(`${caller}: a is ${n} × ${cols}, expected a square matrix`)
  let largest = 0
  for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(data[i]!))
  if (!Number.isFinite(largest)) {
    const i = data.findIndex(value => !Number.isFinite(value))
    throw new RangeError(`${caller}: entry (${Math.floor(i / n)}, ${i % n}) is ${data[i]}, expected a finite number`)
  }
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++)
      if (Math.abs(data[i * n + j]! - data[j * n + i]!) > 1e-10 * largest)
        throw new RangeError(
          `${caller}: entries (${i}, ${j}) and (${j}, ${i}) are ${data[i * n + j]} and ${data[j * n + i]}, ` +
            'expected equal',
        )
}

/** {@link pivotedCholesky} of a symmetric matrix, or undefined when it is not positive semidefinite. */
export function choleskyOf(a: Matrix): PivotedCholesky | undefined {
  const n = a.rows
  const tolerance = 4 * n * Number.EPSILON
  const permutation = Int32Array.from({ length: n }, (_, i) => i)
  const factor = new Float64Array(n * n)
  const own = Float64Array.from({ length: n }, (_, i) => a.data[i * n + i]!)
  const left = own.slice()
  let rank = 0
  for (; rank < n; rank++) {
    const place = choosePivot(permutation, rank, i => (left[i]! > tolerance * own[i]! ? left[i]! : 0))
    if (place < 0) break
    swap(permutation, place, rank, 1)
    const pivot = permutation[rank]!
    const root = Math.sqrt(left[pivot]!)
    factor[pivot * n + rank] = root
    for (const i of permutation.subarray(rank + 1)) {
      const entry = reducedEntry(a, factor, i, pivot, rank) / root
      factor[i * n + rank] = entry
      left[i]! -= entry * entry
    }
  }
  if (!restIsRounding(a, factor, permutation.subarray(rank), rank, 2 * tolerance)) return undefined
  const l = matrix(n, rank)
  permutation.forEach((row, i) => l.data.set(factor.subarray(row * n, row * n + rank), i * rank))
  return { l, permutation, rank }
}

/** The place from `rank` on whose row has the largest pivot, or -1 when all are zero. */
function choosePivot(permutation: Int32Array, rank: number, pivotOf: (row: number) => number): number {
  let best = 0
  let place = -1
  for (let k = rank; k < permutation.length; k++) {
    const pivot = pivotOf(permutation[k]!)
    if (pivot > best) {
      best = pivot
      place = k
    }
  }
  return place
}

/** Entry (i, j) of A less what the first `rank` columns of the factor account for. */
function reducedEntry({ rows: n, data }: Matrix, factor: Float64Array, i: number, j: number, rank: number): number {
  return data[Math.max(i, j) * n + Math.min(i, j)]! - plainDot(factor, i * n, factor, j * n, rank)
}

/** Whether what is left of the rows without a pivot is no more than rounding of their diagonal entries. */
function restIsRounding(a: Matrix, factor: Float64Array, rest: Int32Array, rank: number, tolerance: number): boolean {
  const size = (i: number): number => Math.sqrt(a.data[i * a.rows + i]!)
  return rest.every(i =>
    rest.every(j => Math.abs(reducedEntry(a, factor, i, j, rank)) <= tolerance * size(i) * size(j)),
  )
}
