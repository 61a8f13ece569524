import { applyQ, factorHouseholder } from './householder.ts'
import type { Matrix } from './matrix.ts'
import { matrix } from './matrix.ts'
import { workspace } from './workspace.ts'
import type { Rows, Workspace } from './workspace.ts'

/** `vectors`, whose first `known` rows are orthonormal, with unit rows orthogonal to them in place of the others. */
export function completeRows(vectors: Matrix, known: number): Matrix {
  const { rows, cols, data } = vectors
  if (known === rows) return vectors
  const space = workspace(rows * cols)
  space.data.set(data.subarray(0, known * cols))
  const reflectors = factorHouseholder(space, { rows: known, cols, start: 0 }, false)
  const rest = { rows: rows - known, cols, start: known * cols }
  for (let j = 0; j < rest.rows; j++) space.data[rest.start + j * cols + known + j] = 1
  applyQ(reflectors, rest)
  const completed = matrix(rows, cols, data.slice())
  completed.data.set(space.data.subarray(rest.start), rest.start)
  return completed
}

/** The rows of `x` at unit length, followed by zeros up to a square matrix. */
export function unitRows({ data }: Workspace, x: Rows, lengths: Float64Array): Matrix {
  const unit = matrix(x.cols, x.cols)
  for (let i = 0; i < x.rows * x.cols; i++) {
    const length = lengths[Math.floor(i / x.cols)]!
    if (length > 0) unit.data[i] = data[x.start + i]! / length
  }
  return unit
}
