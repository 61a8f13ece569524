import { parsePolynomial } from './parse-polynomial.ts'
import { absolute, monomialText, type Polynomial, polynomialText, type Term, variablesOf } from './polynomial.ts'
import { toNumber } from './rational.ts'
import { isInteger } from './rational-field.ts'

/** A term in numbers: its coefficient, and one whole exponent per variable. */
export interface NumericTerm {
  readonly coefficient: number
  readonly exponents: readonly number[]
}

/** K and its volume density as terms of numbers, for sampling. */
export interface VolumeTerms {
  /** The variables of both, in alphabetical order: the coordinates. */
  readonly variables: readonly string[]
  readonly terms: readonly NumericTerm[]
  /** Terms of a polynomial whose absolute value is the density. */
  readonly density: readonly NumericTerm[]
}

/**
 * The terms of K and of a polynomial whose absolute value is the volume density, each read from its expression.
 *
 * Expressions are those of {@link rlct}, with whole powers; coefficients are rounded to float64.
 *
 * @param expression the polynomial K
 * @param prior the density before the absolute value is taken, 1 where not given
 * @throws RangeError when an expression cannot be read, has a power that is not whole, or K has no variable.
 * @see arXiv 2606.05957, rows B3, B4 and B8.
 * @example
 * import { volumeTerms } from '@dead-directions/selection-rule'
 *
 * volumeTerms('x^2*y^2', '|x|').terms // [{ coefficient: 1, exponents: [2, 2] }]
 */
export function volumeTerms(expression: string, prior: string = '1'): VolumeTerms {
  const polynomial = parsePolynomial(expression, 'expression')
  const given = parsePolynomial(prior, 'prior')
  const variables = variablesOf(polynomial, given)
  if (variablesOf(polynomial).length === 0) throw new RangeError(`expression: got ${polynomialText(polynomial)}, expected a polynomial with a variable`)
  if (given.size === 0) throw new RangeError('prior: got 0 identically, expected a polynomial with a term')
  // The sign of a single term is lost in the absolute value anyway, so that |x| may be written x.
  const density = given.size === 1 ? withoutBars(absolute(given)) : given
  return { variables, terms: numeric(polynomial, variables, 'expression'), density: numeric(density, variables, 'prior') }
}

function withoutBars(single: Polynomial): Polynomial {
  return new Map([...single].map(([text, term]) => [text, { ...term, powers: new Map([...term.powers].map(([name, { exponent }]) => [name, { exponent, odd: (exponent.numerator & 1n) === 1n }])) }]))
}

function numeric(polynomial: Polynomial, variables: readonly string[], field: string): NumericTerm[] {
  return [...polynomial.values()].map(term => ({
    coefficient: toNumber(term.coefficient),
    exponents: variables.map(name => wholeExponent(term, name, field)),
  }))
}

function wholeExponent({ powers }: Term, name: string, field: string): number {
  const power = powers.get(name)
  if (power === undefined) return 0
  if (isInteger(power.exponent) && power.odd === ((power.exponent.numerator & 1n) === 1n)) return toNumber(power.exponent)
  throw new RangeError(`${field}: got ${monomialText(new Map([[name, power]]))}, expected whole powers and no odd one of an absolute value`)
}
