import { gemm } from './gemm.ts'

/** A dense float64 matrix; entry (i, j) stands at `data[i * cols + j]`. */
export interface Matrix {
  readonly rows: number
  readonly cols: number
  readonly data: Float64Array
}

/**
 * A rows × cols matrix around `data` (kept, not copied), or of zeros.
 *
 * @throws RangeError when a size is not a whole number or `data` has another length than rows·cols.
 * @example
 * import { matrix } from '@dead-directions/linalg'
 * matrix(2, 2, Float64Array.of(1, 2, 3, 4)) // rows [1, 2] and [3, 4]
 */
export function matrix(rows: number, cols: number, data?: Float64Array): Matrix {
  if (!Number.isInteger(rows) || rows < 0 || !Number.isInteger(cols) || cols < 0)
    throw new RangeError(`matrix: size is ${rows} × ${cols}, expected whole numbers of at least 0`)
  if (data && data.length !== rows * cols)
    throw new RangeError(`matrix: data has ${data.length} entries, expected ${rows} × ${cols} = ${rows * cols}`)
  return { rows, cols, data: data ?? new Float64Array(rows * cols) }
}

/**
 * The matrix with these rows.
 *
 * @throws RangeError when the rows differ in length.
 * @example
 * import { fromRows } from '@dead-directions/linalg'
 * fromRows([[1, 2], [3, 4]]).data // Float64Array [1, 2, 3, 4]
 */
export function fromRows(rows: readonly ArrayLike<number>[]): Matrix {
  const cols = rows[0]?.length ?? 0
  const data = new Float64Array(rows.length * cols)
  rows.forEach((row, i) => {
    if (row.length !== cols) throw new RangeError(`fromRows: row ${i} has ${row.length} entries, expected ${cols}`)
    data.set(row, i * cols)
  })
  return { rows: rows.length, cols, data }
}

/**
 * The square matrix with `values` on its diagonal and zeros elsewhere.
 *
 * @example
 * import { diagonal } from '@dead-directions/linalg'
 * diagonal([1, 2]).data // Float64Array [1, 0, 0, 2]
 */
export function diagonal(values: ArrayLike<number>): Matrix {
  const size = values.length
  const result = matrix(size, size)
  for (let i = 0; i < size; i++) result.data[i * size + i] = values[i]!
  return result
}

/**
 * The size × size identity.
 *
 * @example
 * import { identity } from '@dead-directions/linalg'
 * identity(2).data // Float64Array [1, 0, 0, 1]
 */
export function identity(size: number): Matrix {
  const result = matrix(size, size)
  for (let i = 0; i < size; i++) result.data[i * size + i] = 1
  return result
}

/**
 * Aᵀ as a new matrix.
 *
 * @example
 * import { fromRows, transpose } from '@dead-directions/linalg'
 * transpose(fromRows([[1, 2, 3]])).rows // 3
 */
export function transpose(a: Matrix): Matrix {
  const { rows, cols, data } = a
  const result = new Float64Array(data.length)
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) result[j * rows + i] = data[i * cols + j]!
  return { rows: cols, cols: rows, data: result }
}

/**
 * The product A·B of an m × k by a k × n matrix.
 *
 * @throws RangeError when A's columns and B's rows differ in number.
 * @example
 * import { fromRows, multiply } from '@dead-directions/linalg'
 * multiply(fromRows([[1, 2]]), fromRows([[3], [4]])).data // Float64Array [11]
 */
export function multiply(a: Matrix, b: Matrix): Matrix {
  if (a.cols !== b.rows)
    throw new RangeError(`multiply: b has ${b.rows} rows, expected ${a.cols}, the columns of a`)
  const c = matrix(a.rows, b.cols)
  gemm({ m: a.rows, n: b.cols, k: a.cols, a: a.data, b: b.data, c: c.data })
  return c
}

/**
 * A copy of column j.
 *
 * @throws RangeError when the matrix has no column j.
 * @example
 * import { column, fromRows } from '@dead-directions/linalg'
 * column(fromRows([[1, 2], [3, 4]]), 1) // Float64Array [2, 4]
 */
export function column(a: Matrix, j: number): Float64Array {
  if (!Number.isInteger(j) || j < 0 || j >= a.cols)
    throw new RangeError(`column: j is ${j}, expected a whole number from 0 to ${a.cols - 1}`)
  return Float64Array.from({ length: a.rows }, (_, i) => a.data[i * a.cols + j]!)
}
