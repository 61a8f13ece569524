import { diagonal, matrix, multiply } from '../src/matrix.ts'
import type { Matrix } from '../src/matrix.ts'
import { randomEntries, uniform } from './random.ts'

/** `count` numbers from 1 down to 10^-decades in geometric steps, shuffled. */
function shuffledGrades(count: number, decades: number, seed: number): Float64Array {
  const next = uniform(seed)
  const keys = Float64Array.from({ length: count }, next)
  const order = Array.from(keys.keys()).sort((i, j) => keys[i]! - keys[j]!)
  return Float64Array.from(order, place => 10 ** ((-decades * place) / (count - 1)))
}

/** Matrices whose singular values, from about 1 to 10^-18, are determined to high relative accuracy. */
export function gradedMatrices(seed: number): Record<'columns' | 'rows' | 'both', Matrix> {
  const b = (size: number): Matrix => matrix(size, size, randomEntries(size * size, seed))
  const grades = (size: number, decades: number, shift: number): Matrix =>
    diagonal(shuffledGrades(size, decades, seed + shift))
  return {
    columns: multiply(b(20), grades(20, 18, 1)),
    rows: multiply(grades(16, 18, 1), b(16)),
    both: multiply(multiply(grades(16, 9, 1), b(16)), grades(16, 9, 2)),
  }
}
