import { compare, type Rational } from './rational.ts'
import { divide, multiply, one, sign, subtract, zero } from './rational-field.ts'

/** `Σ_j row[j] x_j ≤ bound` with a bound that is not negative, so that `x = 0` satisfies it. */
export interface Constraint {
  readonly row: readonly Rational[]
  readonly bound: Rational
}

/** The largest value of a linear objective and a point that attains it. */
export interface Maximum {
  readonly value: Rational
  readonly point: readonly Rational[]
}

/**
 * The largest `Σ objective_j x_j` over `x ≥ 0` under the constraints, exactly: the simplex method on fractions, started at
 * `x = 0`, with Bland's rule, under which it ends.
 *
 * @throws RangeError when a bound is negative or the objective is unbounded.
 */
export function maximise(objective: readonly Rational[], constraints: readonly Constraint[]): Maximum {
  const width = objective.length
  const rows = constraints.map(({ row, bound }, i) => {
    if (sign(bound) < 0) throw new RangeError(`constraints[${i}].bound: got a negative number, expected at least 0`)
    return [...row, ...constraints.map((_, j) => (i === j ? one : zero)), bound]
  })
  let costs: Rational[] = [...objective, ...constraints.map(() => zero), zero]
  const basis = constraints.map((_, i) => width + i)
  for (;;) {
    const entering = costs.findIndex((cost, j) => j < costs.length - 1 && sign(cost) > 0)
    if (entering < 0) return { value: subtract(zero, costs.at(-1)!), point: pointOf(rows, basis, width) }
    const leaving = leavingRow(rows, basis, entering)
    if (leaving < 0) throw new RangeError('objective: got one without a maximum, expected a bounded one')
    const pivot = rows[leaving]!.map(value => divide(value, rows[leaving]![entering]!))
    rows.forEach((row, i) => (rows[i] = i === leaving ? pivot : eliminate(row, pivot, entering)))
    costs = eliminate(costs, pivot, entering)
    basis[leaving] = entering
  }
}

/** Smallest ratio of bound to entry; among equals the smallest basic variable, as Bland's rule asks. */
function leavingRow(rows: readonly (readonly Rational[])[], basis: readonly number[], entering: number): number {
  let best = -1
  let least = zero
  rows.forEach((row, i) => {
    if (sign(row[entering]!) <= 0) return
    const reach = divide(row.at(-1)!, row[entering]!)
    const order = best < 0 ? -1 : compare(reach, least)
    if (order < 0 || (order === 0 && basis[i]! < basis[best]!)) [best, least] = [i, reach]
  })
  return best
}

/** The row minus the multiple of the pivot row that clears one column. */
export function eliminate(row: readonly Rational[], pivot: readonly Rational[], column: number): Rational[] {
  const factor = row[column]!
  if (sign(factor) === 0) return [...row]
  return row.map((value, j) => (sign(pivot[j]!) === 0 ? value : subtract(value, multiply(factor, pivot[j]!))))
}

function pointOf(rows: readonly (readonly Rational[])[], basis: readonly number[], width: number): Rational[] {
  return Array.from({ length: width }, (_, j) => {
    const row = basis.indexOf(j)
    return row < 0 ? zero : rows[row]!.at(-1)!
  })
}
