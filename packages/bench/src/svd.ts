import { matrix, singularValues, svd } from '@dead-directions/linalg'
import type { Matrix } from '@dead-directions/linalg'
import type { Comparison } from './benchmark.ts'
import { countRight, gradedColumns, gradedRows } from './graded.ts'
import { ifInstalled } from './if-installed.ts'
import { randomEntries } from './random.ts'

const [rows, cols] = [512, 128]

type Routine = (a: Matrix) => ArrayLike<number>

/** A 512 × 128 decomposition, with the count of values found right where they fall from 1 to 10^-18. */
export const svdBenchmark: Comparison = {
  name: `svd ${rows}×${cols}`,
  reference: 'ml-matrix',
  rounds: 9,
  prepare: async () => {
    const a = matrix(rows, cols, randomEntries(rows * cols, 1))
    return Object.fromEntries((await routines()).map(([name, routine]) => [name, routine === undefined ? 'not installed' : () => void routine(a)]))
  },
  notes: async () => Object.fromEntries((await routines()).flatMap(([name, routine]) => (routine === undefined ? [] : [[name, accuracy(routine)]]))),
}

async function routines(): Promise<readonly (readonly [name: string, routine: Routine | undefined])[]> {
  const other = await ifInstalled(import('ml-matrix'))
  const theirs = other && ((a: Matrix) => new other.SingularValueDecomposition(other.Matrix.from1DArray(a.rows, a.cols, a.data)).diagonal)
  return [
    ['ml-matrix', theirs],
    ['svd', a => svd(a).s],
    ['singularValues (no vectors)', singularValues],
  ]
}

function accuracy(routine: Routine): string {
  const [columns, rows] = [gradedColumns(), gradedRows()].map(known => countRight(routine(known.matrix), known))
  return `right to 1e-8: B·D ${columns}, D·B ${rows}`
}
