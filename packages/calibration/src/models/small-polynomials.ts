import { crossing, type Invariants, smoothFibre } from '@dead-directions/selection-rule'
import { type KnownAnswer, onlyClosedForm, secondRule } from '../model.ts'
import { expressionOf, monomials, type PolynomialDivergence } from '../polynomial.ts'

/** A polynomial with its published λ and m, and a rule that gives them again. */
interface Published {
  readonly name: string
  /** Of x, y, z in every term. */
  readonly exponents: readonly (readonly number[])[]
  readonly lambda: readonly [numerator: number, denominator: number]
  readonly multiplicity: number
  readonly rule?: () => Invariants
}

const published: readonly Published[] = [
  { name: 'x4+y2', exponents: [[4, 0], [0, 2]], lambda: [3, 4], multiplicity: 1, rule: () => smoothFibre({ orders: [2], regular: 1 }) },
  { name: 'x2y2', exponents: [[2, 2]], lambda: [1, 2], multiplicity: 2, rule: () => crossing({ orders: [1, 1] }) },
  { name: 'x4y2', exponents: [[4, 2]], lambda: [1, 4], multiplicity: 1, rule: () => crossing({ orders: [2, 1] }) },
  { name: 'x2y2z2', exponents: [[2, 2, 2]], lambda: [1, 2], multiplicity: 3, rule: () => crossing({ orders: [1, 1, 1] }) },
  { name: 'x6+y4', exponents: [[6, 0], [0, 4]], lambda: [5, 12], multiplicity: 1, rule: () => smoothFibre({ orders: [3, 2], regular: 0 }) },
  { name: 'x2y2+x6+y6', exponents: [[2, 2], [6, 0], [0, 6]], lambda: [1, 2], multiplicity: 2 },
]

/**
 * Polynomials whose λ and m are read off their Newton polyhedra: crossings, additive forms, and one that is neither.
 *
 * @see Varchenko, "Newton polyhedra and estimation of oscillating integrals", 1976; arXiv 2606.05957, rows B1–B3 and B8.
 * @example
 * import { smallPolynomials } from '@dead-directions/calibration'
 *
 * smallPolynomials()[0]?.name // 'polynomial-x4+y2'
 */
export function smallPolynomials(): readonly KnownAnswer[] {
  return published.map(({ name, exponents, lambda: [numerator, denominator], multiplicity, rule }) => ({
    name: `polynomial-${name}`,
    family: 'polynomial',
    title: `K = ${expressionOf(divergenceOf(exponents))}`,
    exact: { lambda: numerator / denominator, lambdaFraction: `${numerator}/${denominator}`, multiplicity, source: 'Newton polyhedron (Varchenko 1976)' },
    divergence: divergenceOf(exponents),
    network: null,
    rule: rule === undefined ? onlyClosedForm : () => secondRule(rule()),
  }))
}

function divergenceOf(exponents: readonly (readonly number[])[]): PolynomialDivergence {
  return monomials(exponents, { names: 'xyz'.slice(0, exponents[0]!.length) })
}
