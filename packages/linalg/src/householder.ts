import { indexOfLargest, swap } from './workspace.ts'
import type { Rows, Workspace } from './workspace.ts'

/**
 * A Householder factorisation by columns: row j of `columns` holds column j of R down to its diagonal and, below it,
 * the j-th reflector I - τ·v·vᵀ, whose v has a one at place j.
 */
export interface Reflectors {
  readonly space: Workspace
  readonly columns: Rows
  readonly taus: Float64Array
  /** column j of R belongs to column `permutation[j]` of the input */
  readonly permutation: Int32Array
  /** the steps taken before nothing but zeros remained */
  readonly steps: number
}

/** Factors the matrix whose columns are the rows of `columns`, overwriting it; needs squares that stay in range. */
export function factorHouseholder(space: Workspace, columns: Rows, pivoting: boolean): Reflectors {
  const { rows: n, cols: m, start } = columns
  const limit = Math.min(m, n)
  const taus = new Float64Array(limit)
  const permutation = Int32Array.from({ length: n }, (_, j) => j)
  const lengths = Float64Array.from({ length: n }, (_, j) => lengthOf(space, start + j * m, m))
  const measured = lengths.slice()
  let steps = 0
  for (; steps < limit; steps++) {
    if (pivoting) {
      const pivot = indexOfLargest(lengths, steps)
      if (lengths[pivot] === 0) break
      if (pivot !== steps) {
        swap(space.data, start + pivot * m, start + steps * m, m)
        for (const values of [lengths, measured, permutation]) swap(values, pivot, steps, 1)
      }
    }
    taus[steps] = makeReflector(space, start + steps * m + steps, m - steps)
    for (let j = steps + 1; j < n; j++) {
      reflect(space, columns, taus[steps]!, steps, start + j * m)
      if (pivoting) shorten(space, lengths, measured, j, start + j * m + steps, m - steps)
    }
  }
  return { space, columns, taus, permutation, steps }
}

function lengthOf(space: Workspace, at: number, count: number): number {
  return Math.sqrt(space.dot(at, at, count))
}

/** Replaces the x at `at` by β, v₂, v₃, … with (I - τ·v·vᵀ)·x = β·e₁ and v₁ = 1, and returns τ. */
function makeReflector({ data, dot }: Workspace, at: number, count: number): number {
  const tail = dot(at + 1, at + 1, count - 1)
  if (tail === 0) return 0
  const alpha = data[at]!
  const length = Math.sqrt(alpha * alpha + tail)
  const beta = alpha > 0 ? -length : length
  const head = alpha - beta
  for (let i = at + 1; i < at + count; i++) data[i]! /= head
  data[at] = beta
  return -head / beta
}

/** Applies reflector `step` to the column at `at`. */
function reflect({ data, dot, add }: Workspace, columns: Rows, tau: number, step: number, at: number): void {
  if (tau === 0) return
  const v = columns.start + step * columns.cols + step + 1
  const count = columns.cols - step - 1
  const place = at + step
  const projection = tau * (data[place]! + dot(v, place + 1, count))
  data[place]! -= projection
  add(-projection, v, place + 1, count)
}

/** Takes the entry at `at`, now R's, out of column j's length; measures anew where too few digits would remain. */
function shorten(
  space: Workspace,
  lengths: Float64Array,
  measured: Float64Array,
  j: number,
  at: number,
  count: number,
): void {
  const length = lengths[j]!
  if (length === 0) return
  const ratio = Math.abs(space.data[at]!) / length
  const rest = Math.max(0, (1 + ratio) * (1 - ratio))
  if (rest * (length / measured[j]!) ** 2 > 2 ** -26) lengths[j] = length * Math.sqrt(rest)
  else lengths[j] = measured[j] = lengthOf(space, at + 1, count - 1)
}

/** Multiplies every row of `vectors`, a vector of length m in the same workspace, by Q = H₀·H₁⋯ in place. */
export function applyQ({ space, columns, taus, steps }: Reflectors, vectors: Rows): void {
  for (let step = steps - 1; step >= 0; step--)
    for (let j = 0; j < vectors.rows; j++)
      reflect(space, columns, taus[step]!, step, vectors.start + j * vectors.cols)
}

/** Multiplies every row of `vectors` by Qᵀ in place. */
export function applyQTransposed({ space, columns, taus, steps }: Reflectors, vectors: Rows): void {
  for (let step = 0; step < steps; step++)
    for (let j = 0; j < vectors.rows; j++)
      reflect(space, columns, taus[step]!, step, vectors.start + j * vectors.cols)
}
