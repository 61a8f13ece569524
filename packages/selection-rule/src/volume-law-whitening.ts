import type { Matrix } from '@dead-directions/linalg'

/** Takes a vector with one entry per level to one whose entries have errors of size one, independent of each other. */
export type Whitening = (vector: ArrayLike<number>) => Float64Array

/**
 * The whitening of log-volumes.
 *
 * @param window indices of the levels that are used
 * @param errors standard errors of all volumes or their covariance
 * @throws RangeError when the covariance is not positive definite.
 */
export function whitening(window: readonly number[], volumes: ArrayLike<number>, errors: ArrayLike<number> | Matrix): Whitening {
  if ('length' in errors) {
    const relative = window.map(i => errors[i]! / volumes[i]!)
    return vector => Float64Array.from(relative, (error, i) => vector[i]! / error)
  }
  const lower = cholesky(window.map(i => window.map(j => errors.data[i * errors.cols + j]! / (volumes[i]! * volumes[j]!))))
  return vector => {
    const solved = new Float64Array(window.length)
    lower.forEach((row, i) => (solved[i] = (vector[i]! - row.reduce((sum, value, j) => (j < i ? sum + value * solved[j]! : sum), 0)) / row[i]!))
    return solved
  }
}

/** The lower triangle L with L Lᵀ the given matrix. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const lower = matrix.map(row => row.map(() => 0))
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      const rest = matrix[i]![j]! - lower[i]!.reduce((sum, value, k) => (k < j ? sum + value * lower[j]![k]! : sum), 0)
      if (i === j && !(rest > 0)) throw new RangeError('errors: got a covariance that is not positive definite, expected one that is')
      lower[i]![j] = i === j ? Math.sqrt(rest) : rest / lower[j]![j]!
    }
  }
  return lower
}
