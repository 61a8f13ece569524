import { type Constraint, maximise } from './maximise.ts'
import { affineDimension, difference, type Exponents } from './newton-polyhedron.ts'
import { add, compare, type Rational, ratio } from './rational.ts'
import { commonDenominator, divide, multiply, negate, one, sign, subtract, zero } from './rational-field.ts'
import { signOnHalfLine } from './univariate-sign.ts'

/** A term in the order of the variables. */
export interface FaceTerm {
  readonly coefficient: Rational
  readonly exponents: Exponents
  /** Whether the term changes sign with the variable, one per variable. */
  readonly odd: readonly boolean[]
}

/** What a polynomial does off the coordinate hyperplanes. */
export type FaceSign = 'positive' | 'negative somewhere' | 'zero somewhere' | 'undecided'

/** A polynomial on one orthant, where its variables are positive. */
interface OrthantTerm {
  readonly coefficient: Rational
  readonly exponents: Exponents
}

/** Faces whose terms are odd in more variables are left undecided. */
const mostOddVariables = 10
const searchPoints = 1000
/** Sturm chains of higher degree take too long. */
const largestDegree = 100
/** Larger linear programs are not tried. */
const mostShares = 120

/**
 * The sign of the polynomial of a face over all orthants.
 *
 * Exact where the face is a vertex or an edge of at most 100 steps, where no coefficient is negative, and where each negative term is a convex
 * combination of positive ones that outweigh it (arithmetic and geometric means); beyond that a point where the value is
 * negative or zero is searched, and without one the sign is undecided.
 */
export function faceSign(terms: readonly FaceTerm[]): FaceSign {
  const orthants = orthantsOf(terms)
  if (orthants === null) return 'undecided'
  const signs = orthants.map(signOnOrthant)
  return (['negative somewhere', 'zero somewhere', 'undecided'] as const).find(sign => signs.includes(sign)) ?? 'positive'
}

/** The polynomial on each orthant, those with the same coefficients once; null when there are too many. */
function orthantsOf(terms: readonly FaceTerm[]): OrthantTerm[][] | null {
  const oddVariables = terms[0]!.odd.map((_, i) => i).filter(i => terms.some(({ odd }) => odd[i]))
  if (oddVariables.length > mostOddVariables) return null
  const orthants = new Map<string, OrthantTerm[]>()
  for (let flips = 0; flips < 2 ** oddVariables.length; flips++) {
    const signs = terms.map(({ odd }) => oddVariables.filter((i, bit) => odd[i] && (flips >> bit) % 2 === 1).length % 2)
    const key = signs.join('')
    if (!orthants.has(key)) {
      orthants.set(key, terms.map(({ coefficient, exponents }, j) => ({ coefficient: signs[j] === 1 ? negate(coefficient) : coefficient, exponents })))
    }
  }
  return [...orthants.values()]
}

function signOnOrthant(terms: readonly OrthantTerm[]): FaceSign {
  if (terms.every(({ coefficient }) => sign(coefficient) > 0)) return 'positive'
  if (terms.length === 1) return 'negative somewhere'
  if (affineDimension(terms.map(({ exponents }) => exponents)) === 1) return signOnEdge(terms)
  const atOne = sign(total(terms))
  if (atOne < 0) return 'negative somewhere'
  if (isDominated(terms)) return atOne > 0 ? 'positive' : 'zero somewhere'
  return searchedSign(terms)
}

/** On an edge the polynomial is a monomial times a polynomial in one variable, which takes every positive value. */
function signOnEdge(terms: readonly OrthantTerm[]): FaceSign {
  const start = terms[0]!.exponents
  const direction = difference(terms[1]!.exponents, start)
  const axis = direction.findIndex(value => sign(value) !== 0)
  const steps = terms.map(({ exponents }) => divide(subtract(exponents[axis]!, start[axis]!), direction[axis]!))
  const scale = commonDenominator(steps)
  const whole = steps.map(step => Number((step.numerator * scale) / step.denominator))
  const least = Math.min(...whole)
  const degree = Math.max(...whole) - least
  if (degree > largestDegree) return 'undecided'
  const coefficients = Array<Rational>(degree + 1).fill(zero)
  terms.forEach(({ coefficient }, j) => (coefficients[whole[j]! - least] = coefficient))
  const found = signOnHalfLine(coefficients)
  return found === 'zero without a change of sign' ? 'zero somewhere' : found
}

/**
 * Whether each negative term `-b u^β` can be bounded by positive ones: `b u^β ≤ Σ y_α u^α` when `Σ y_α = b` and
 * `Σ y_α (α - β) = 0`, and no positive coefficient is spent twice.
 */
function isDominated(terms: readonly OrthantTerm[]): boolean {
  const positive = terms.filter(({ coefficient }) => sign(coefficient) > 0)
  const negatives = terms.filter(({ coefficient }) => sign(coefficient) < 0)
  const shares = negatives.flatMap(beta => positive.map(alpha => ({ alpha, beta })))
  if (shares.length > mostShares) return false
  const rowOf = (entry: (alpha: OrthantTerm, beta: OrthantTerm) => Rational) => shares.map(({ alpha, beta }) => entry(alpha, beta))
  const constraints = [
    ...positive.map((mine): Constraint => ({ row: rowOf(alpha => (alpha === mine ? one : zero)), bound: mine.coefficient })),
    ...negatives.flatMap((mine): Constraint[] => [
      { row: rowOf((_, beta) => (beta === mine ? one : zero)), bound: negate(mine.coefficient) },
      ...mine.exponents.flatMap((_, i) => {
        const row = rowOf((alpha, beta) => (beta === mine ? subtract(alpha.exponents[i]!, beta.exponents[i]!) : zero))
        return [{ row, bound: zero }, { row: row.map(negate), bound: zero }]
      }),
    ]),
  ]
  const needed = negatives.reduce((sum, { coefficient }) => subtract(sum, coefficient), zero)
  return compare(maximise(shares.map(() => one), constraints).value, needed) === 0
}

/** A negative or zero value at points with coordinates among ½, 1, 2 and so on, if one is met. */
function searchedSign(terms: readonly OrthantTerm[]): FaceSign {
  const width = terms[0]!.exponents.length
  const scales = Array.from({ length: width }, (_, i) => commonDenominator(terms.map(({ exponents }) => exponents[i]!)))
  const whole = terms.map(({ exponents }) => exponents.map((value, i) => (value.numerator * scales[i]!) / value.denominator))
  const base = [1, 2, 3, 4, 6].findLast(base => base ** width <= searchPoints) ?? 1
  const values = [ratio(1), ratio(2), ratio(1, 2), ratio(3), ratio(1, 3), ratio(3, 2)].slice(0, base)
  let found: FaceSign = 'undecided'
  for (let n = 0; n < base ** width; n++) {
    const point = Array.from({ length: width }, (_, i) => values[Math.floor(n / base ** i) % base]!)
    const value = terms.reduce((sum, { coefficient }, j) => add(sum, multiply(coefficient, monomialAt(point, whole[j]!))), zero)
    if (sign(value) < 0) return 'negative somewhere'
    if (sign(value) === 0) found = 'zero somewhere'
  }
  return found
}

function monomialAt(point: readonly Rational[], exponents: readonly bigint[]): Rational {
  return point.reduce((product, { numerator, denominator }, i) => {
    const exponent = exponents[i]!
    return multiply(product, ratio(numerator ** exponent, denominator ** exponent))
  }, one)
}

function total(terms: readonly OrthantTerm[]): Rational {
  return terms.reduce((sum, { coefficient }) => add(sum, coefficient), zero)
}
