import { column, type Matrix, matrix, multiply } from '@dead-directions/linalg'

/**
 * The factor of the transversal Fisher block: R restricted to the orthogonal complement of the tangential directions.
 *
 * With `F = RᵀR` (R rows = samples, n columns = parameters) and `tangential` n × q of independent columns, the result is
 * rows × (n - q), and its squared singular values are the eigenvalues of F on the complement. R rather than F is taken so
 * that they keep their digits; coordinate axes are removed exactly, without touching the other columns.
 *
 * @throws RangeError when the row count of `tangential` is not R's column count, or its columns are dependent or leave
 * nothing.
 * @see arXiv 2606.05957, row B1(b).
 * @example
 * import { fromRows } from '@dead-directions/linalg'
 * import { projectOut } from '@dead-directions/selection-rule'
 *
 * projectOut(fromRows([[1, 1e-20], [0, 2e-20]]), fromRows([[1], [0]])).data // Float64Array [1e-20, 2e-20]
 */
export function projectOut(factor: Matrix, tangential: Matrix): Matrix {
  if (tangential.rows !== factor.cols) throw new RangeError(`tangential: got ${tangential.rows} rows, expected ${factor.cols}, the columns of the factor`)
  if (tangential.cols >= factor.cols) throw new RangeError(`tangential: got ${tangential.cols} columns, expected fewer than ${factor.cols}`)
  return multiply(factor, complement(tangential))
}

/** Orthonormal columns that span the complement of those of `a`; axes of the space where `a` holds axes. */
function complement(a: Matrix): Matrix {
  const { rows: n, cols: q } = a
  const columns = Array.from({ length: q }, (_, j) => column(a, j))
  const sizes = columns.map(entries => Math.hypot(...entries))
  const steps = columns.map((entries, j) => {
    // The largest entry leads, so that an axis is moved into place and not mixed with another.
    const lead = entries.reduce((best, value, i) => (i > j && Math.abs(value) > Math.abs(entries[best]!) ? i : best), j)
    if (!(Math.abs(entries[lead]!) > n * 1e-13 * sizes[j]!)) {
      throw new RangeError(`tangential: column ${j} depends on those before it, expected independent columns`)
    }
    for (const other of columns) exchange(other, j, lead)
    const mirror = mirrorOf(entries, j)
    for (const other of columns) reflect(other, mirror)
    return { j, lead, mirror }
  })
  const result = matrix(n, n - q)
  for (let c = 0; c < n - q; c++) {
    const axis = new Float64Array(n)
    axis[q + c] = 1
    for (const { j, lead, mirror } of steps.toReversed()) {
      reflect(axis, mirror)
      exchange(axis, j, lead)
    }
    axis.forEach((value, i) => (result.data[i * (n - q) + c] = value))
  }
  return result
}

function exchange(entries: Float64Array, i: number, j: number): void {
  ;[entries[i], entries[j]] = [entries[j]!, entries[i]!]
}

/** Unit normal of the mirror that clears `entries` below place j, or zeros where they are clear already. */
function mirrorOf(entries: Float64Array, j: number): Float64Array {
  const normal = entries.map((value, i) => (i < j ? 0 : value))
  if (normal.every((value, i) => i <= j || value === 0)) return normal.fill(0)
  normal[j]! += Math.sign(normal[j]!) * Math.hypot(...normal)
  const length = Math.hypot(...normal)
  return normal.map(value => value / length)
}

function reflect(entries: Float64Array, normal: Float64Array): void {
  const distance = 2 * entries.reduce((sum, value, i) => sum + value * normal[i]!, 0)
  for (let i = 0; i < entries.length; i++) entries[i]! -= distance * normal[i]!
}
