import { type FaceTerm, faceSign } from './face-sign.ts'
import { type Invariants, invariants } from './invariants.ts'
import { compactFaces, crossingOf } from './newton-polyhedron.ts'
import { parsePolynomial } from './parse-polynomial.ts'
import { constantValue, monomialText, type Polynomial, polynomialText, type Term, variablesOf } from './polynomial.ts'
import { add, type Rational, toText } from './rational.ts'
import { one, sign, zero } from './rational-field.ts'

/** How {@link rlct} measures volume. */
export interface RlctOptions {
  /** A monomial such as `|x|^3 y`, of which the absolute value is the prior density; constant where not given. */
  readonly prior?: string
}

/** λ and m of a polynomial, with what they rest on. */
export interface NewtonInvariants extends Invariants {
  /** Whether λ and m are proven; otherwise the true λ is at most this one. */
  readonly exact: boolean
  /** Why they are not proven. */
  readonly reason?: string
  /** Monomials of K on the face of the Newton polyhedron that the diagonal meets. */
  readonly face: readonly string[]
  /** The variables that were read, in alphabetical order. */
  readonly variables: readonly string[]
}

const upperBound = 'λ is at most this value; other coordinates may settle it'

interface Divergence {
  readonly variables: readonly string[]
  readonly terms: readonly Term[]
  readonly exponents: readonly (readonly Rational[])[]
}

/**
 * λ and m at the origin of a polynomial `K ≥ 0`, from its Newton polyhedron: λ = 1/t*, where `t* (h + 1)` is the point at
 * which the diagonal enters the polyhedron, and m is the codimension of the smallest face there.
 *
 * Near the origin K is at most a constant times the sum of its monomials, so λ is never more than 1/t*. It equals 1/t*
 * when the polynomial of every compact face is positive off the coordinate hyperplanes, since K is then also at least a
 * constant times that sum. This is checked exactly where it can be; otherwise `exact` is false and λ is an upper bound, as
 * for `(x - y)^2`, whose polyhedron gives 1 and whose λ is 1/2.
 *
 * The expression has numbers, variables, `+ - * / ^`, parentheses and bars; `xy` is one variable, `x y` and `x*y` are two.
 * Coefficients are exact; a fractional exponent is one of the absolute value. λ and m are pure numbers and ν is null.
 *
 * @param expression the polynomial K, zero at the origin and not negative near it
 * @throws RangeError when the expression cannot be read, is zero identically or not zero at the origin, or is seen to be
 * negative near it; when the prior is not a monomial.
 * @see arXiv 2606.05957, rows B4 and B8; Varchenko, "Newton polyhedra and estimation of oscillating integrals", 1976.
 * @example
 * import { rlct } from '@dead-directions/selection-rule'
 *
 * rlct('x^2*y^2 + x^6 + y^6') // λ = 1/2, m = 2, exact
 * rlct('x^4', { prior: '|x|' }).lambdaFraction // '1/2'
 * rlct('(x - y)^2').exact // false: λ is at most 1
 */
export function rlct(expression: string, { prior }: RlctOptions = {}): NewtonInvariants {
  const polynomial = divergenceFrom(expression)
  const density = prior === undefined ? parsePolynomial('1', 'prior') : priorFrom(prior)
  const variables = variablesOf(polynomial, density)
  const terms = [...polynomial.values()]
  const divergence = { variables, terms, exponents: terms.map(term => exponentsOf(term, variables)) }
  const reason = degeneracy(divergence)
  const [priorTerm] = density.values()
  const direction = exponentsOf(priorTerm!, variables).map(h => add(h, one))
  const { inverseDistance, codimension, onFace } = crossingOf(divergence.exponents, direction)
  return {
    ...invariants(inverseDistance, codimension, null, prior === undefined ? 'B8 Newton polyhedron' : 'B8 Newton polyhedron with the prior shift of B4'),
    exact: reason === null,
    ...(reason === null ? {} : { reason }),
    face: onFace.map(j => [...polynomial.keys()][j]!),
    variables,
  }
}

function divergenceFrom(expression: string): Polynomial {
  const polynomial = parsePolynomial(expression, 'expression')
  const value = constantValue(polynomial)
  if (polynomial.size === 0) throw new RangeError('expression: got 0 identically, expected a polynomial with a term')
  const atOrigin = value ?? polynomial.get('1')?.coefficient
  if (atOrigin !== undefined) throw new RangeError(`expression: got ${toText(atOrigin)} at the origin, expected 0 there`)
  return polynomial
}

function priorFrom(prior: string): Polynomial {
  const density = parsePolynomial(prior, 'prior')
  const [term, more] = [...density.values()]
  if (term !== undefined && more === undefined && sign(term.coefficient) > 0) return density
  throw new RangeError(`prior: got ${polynomialText(density)}, expected a single monomial with a positive coefficient, such as |x|^3*y`)
}

function exponentsOf({ powers }: Term, variables: readonly string[]): Rational[] {
  return variables.map(name => powers.get(name)?.exponent ?? zero)
}

/** Why the Newton polyhedron does not settle λ, or null when it does. */
function degeneracy({ variables, terms, exponents }: Divergence): string | null {
  const faceTerms = terms.map((term, j): FaceTerm => ({
    coefficient: term.coefficient,
    exponents: exponents[j]!,
    odd: variables.map(name => term.powers.get(name)?.odd ?? false),
  }))
  // A face all of whose terms are positive everywhere is positive; only the others need a look.
  const doubtful = faceTerms.map((_, j) => j).filter(j => sign(faceTerms[j]!.coefficient) < 0 || faceTerms[j]!.odd.includes(true))
  // Small faces first: they are decided exactly, and one that vanishes settles the matter.
  const faces = compactFaces(exponents, doubtful).sort((a, b) => a.length - b.length)
  let undecided: readonly number[] | undefined
  for (const face of faces) {
    const found = faceSign(face.map(j => faceTerms[j]!))
    if (found === 'negative somewhere') throw new RangeError(`expression: got one that is negative near the origin, where ${faceText(face, terms)} leads; expected K ≥ 0`)
    if (found === 'zero somewhere') return `${faceText(face, terms)} vanishes off the coordinate hyperplanes: ${upperBound}`
    if (found === 'undecided') undecided ??= face
  }
  return undecided === undefined ? null : `it was not decided whether ${faceText(undecided, terms)} is positive off the coordinate hyperplanes: ${upperBound}`
}

/** The polynomial of a face, of a long one its two ends. */
function faceText(face: readonly number[], terms: readonly Term[]): string {
  const text = (indices: readonly number[]) => polynomialText(new Map(indices.map(j => [monomialText(terms[j]!.powers), terms[j]!])))
  return face.length <= 6 ? text(face) : `${text(face.slice(0, 3))} … ${text(face.slice(-1))} (${face.length} terms)`
}
