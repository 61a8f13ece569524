import type { Backend } from '@dead-directions/registry'

/** What a number is compared by: relative to the largest value of its case, or as it stands. */
export type Measure = 'relative' | 'absolute'

/** One thing every backend must be able to do, with the numbers it then gives. */
export interface ContractCase {
  readonly suite: string
  readonly name: string
  readonly measure: Measure
  /** Runs on the active backend, which is `backend`. The same call gives the same bits. */
  compute(backend: Backend): Promise<Float64Array>
}

/** How far a backend's numbers are from the reference's. */
export interface Difference {
  /** The furthest pair; infinite where a number stands against none. */
  readonly furthest: number
  /** Readings that the reference gives and the backend refuses. */
  readonly refused: number
}

/** Compares two results of one case; NaN is a reading refused. */
export function difference(actual: Float64Array, expected: Float64Array, measure: Measure): Difference {
  if (actual.length !== expected.length) return { furthest: Infinity, refused: 0 }
  const pairs = Array.from(expected, (value, i) => [actual[i] as number, value] as const)
  const refused = pairs.filter(([a, e]) => Number.isNaN(a) && !Number.isNaN(e)).length
  const compared = pairs.filter(([a, e]) => !Number.isNaN(a) || (measure === 'relative' && !Number.isNaN(e)))
  const furthest = compared.reduce((most, [a, e]) => Math.max(most, Number.isFinite(a - e) ? Math.abs(a - e) : Infinity), 0)
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return { furthest: measure === 'absolute' || furthest === 0 ? furthest : furthest / scale, refused }
}
