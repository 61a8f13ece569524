import { identity, multiply, transpose } from '../src/matrix.ts'
import type { Matrix } from '../src/matrix.ts'

/** The largest entry of |A - B|. */
export function distance(a: Matrix, b: Matrix): number {
  return a.data.reduce((max, value, i) => Math.max(max, Math.abs(value - b.data[i]!)), 0)
}

/** The largest entry of |QᵀQ - I|. */
export function orthonormalityError(q: Matrix): number {
  return distance(multiply(transpose(q), q), identity(q.cols))
}

/** A with its columns in the order of `permutation`. */
export function permuteColumns({ rows, cols, data }: Matrix, permutation: Int32Array): Matrix {
  const permuted = new Float64Array(data.length)
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) permuted[i * cols + j] = data[i * cols + permutation[j]!]!
  return { rows, cols, data: permuted }
}
