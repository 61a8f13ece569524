import { matrix, singularValues, svd } from '@dead-directions/linalg'
import type { Matrix } from '@dead-directions/linalg'
import { Matrix as MlMatrix, SingularValueDecomposition } from 'ml-matrix'
import type { Comparison } from './benchmark.ts'
import { countRight, gradedColumns, gradedRows } from './graded.ts'
import { randomEntries } from './random.ts'

const [rows, cols] = [512, 128]

const routines: Record<string, (a: Matrix) => ArrayLike<number>> = {
  'ml-matrix': a => new SingularValueDecomposition(MlMatrix.from1DArray(a.rows, a.cols, a.data)).diagonal,
  svd: a => svd(a).s,
  'singularValues (no vectors)': singularValues,
}

/** A 512 × 128 decomposition, with the count of values found right where they fall from 1 to 10^-18. */
export const svdBenchmark: Comparison = {
  name: `svd ${rows}×${cols}`,
  reference: 'ml-matrix',
  rounds: 9,
  prepare: async () => {
    const a = matrix(rows, cols, randomEntries(rows * cols, 1))
    return Object.fromEntries(Object.entries(routines).map(([name, routine]) => [name, () => void routine(a)]))
  },
  notes: () => Object.fromEntries(Object.entries(routines).map(([name, routine]) => [name, accuracy(routine)])),
}

function accuracy(routine: (a: Matrix) => ArrayLike<number>): string {
  const [columns, rows] = [gradedColumns(), gradedRows()].map(known => countRight(routine(known.matrix), known))
  return `right to 1e-8: B·D ${columns}, D·B ${rows}`
}
