import { applyQTransposed, factorHouseholder } from './householder.ts'
import type { Reflectors } from './householder.ts'
import type { Matrix } from './matrix.ts'
import { matrix } from './matrix.ts'
import { scaleOf } from './prescale.ts'
import { workspace } from './workspace.ts'

/** The solution of min ‖A·x - b‖. */
export interface LeastSquares {
  /** one entry per column of A; zero for the columns that `rank` leaves out */
  readonly x: Float64Array
  /** ‖A·x - b‖, in b's unit */
  readonly residualNorm: number
  /** how many columns of A are independent to working precision, whatever their units */
  readonly rank: number
}

/**
 * Minimises ‖A·x - b‖ by QR with column pivoting, the columns brought to one size first.
 *
 * @param a rows × cols
 * @param b one entry per row of A
 * @throws RangeError when b has another length than A has rows, or an entry is not finite.
 * @example
 * import { fromRows, leastSquares } from '@dead-directions/linalg'
 * leastSquares(fromRows([[1, 0], [1, 1], [1, 2]]), Float64Array.of(1, 3, 5)).x // Float64Array [1, 2]
 */
export function leastSquares(a: Matrix, b: Float64Array): LeastSquares {
  const { rows: m, cols: n } = a
  if (b.length !== m) throw new RangeError(`leastSquares: b has ${b.length} entries, expected ${m}, the rows of a`)
  const right = { rows: 1, cols: m, start: m * n }
  const space = workspace(m * n + m)
  const scales = new Float64Array(n)
  for (let j = 0; j < n; j++) {
    const values = Float64Array.from({ length: m }, (_, i) => a.data[i * n + j]!)
    scales[j] = scaleOf(matrix(m, 1, values), `leastSquares: column ${j} of a`)
    for (let i = 0; i < m; i++) space.data[j * m + i] = scales[j]! * values[i]!
  }
  const unit = scaleOf(matrix(m, 1, b), 'leastSquares: b')
  for (let i = 0; i < m; i++) space.data[right.start + i] = unit * b[i]!
  const reflectors = factorHouseholder(space, { rows: n, cols: m, start: 0 }, true)
  applyQTransposed(reflectors, right)
  const rank = numericalRank(reflectors)
  const tail = right.start + rank
  const residualNorm = Math.sqrt(space.dot(tail, tail, m - rank)) / unit
  return { x: backSubstitute(reflectors, right.start, rank, scales, unit), residualNorm, rank }
}

function numericalRank({ space: { data }, columns: { rows: n, cols: m }, steps }: Reflectors): number {
  const least = Math.max(m, n) * Number.EPSILON * Math.abs(data[0] ?? 0)
  let rank = 0
  while (rank < steps && Math.abs(data[rank * m + rank]!) > least) rank++
  return rank
}

function backSubstitute(
  { space: { data }, columns: { rows: n, cols: m }, permutation }: Reflectors,
  right: number,
  rank: number,
  scales: Float64Array,
  unit: number,
): Float64Array {
  const x = new Float64Array(n)
  for (let j = rank - 1; j >= 0; j--) {
    const value = data[right + j]! / data[j * m + j]!
    for (let i = 0; i < j; i++) data[right + i]! -= value * data[j * m + i]!
    x[permutation[j]!] = (value * scales[permutation[j]!]!) / unit
  }
  return x
}
