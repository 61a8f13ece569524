import { BadInput } from '@dead-directions/registry'

/** A coefficient times a product of powers, one whole exponent per coordinate. */
export interface Term {
  readonly coefficient: number
  readonly exponents: readonly number[]
}

/** K, a measure and a box: what sublevel volumes are taken of. */
export interface SublevelProblem {
  /** Terms of K that are added as they stand. */
  readonly terms?: readonly Term[]
  /** Polynomials whose squares are added to K: `(x - y)²` keeps digits that its expansion cancels. */
  readonly squares?: readonly (readonly Term[])[]
  /** Polynomial whose absolute value is the volume density; 1 where not given. */
  readonly density?: readonly Term[]
  /** The range of each coordinate. */
  readonly box: readonly (readonly [from: number, to: number])[]
}

/** A problem whose fields are all there. */
export type CompleteProblem = Required<SublevelProblem>

/** K at a point, and how far rounding to float32 may move it. */
export interface RoundedValue {
  readonly value: number
  readonly rounding: number
}

const float32Rounding = 2 ** -24
const largestExponent = 64

/** The problem with every field, once they are seen to fit. */
export function completeProblem({ terms = [], squares = [], density, box }: SublevelProblem): CompleteProblem {
  if (!Array.isArray(box) || box.length === 0) throw new BadInput('box', box, 'a range for each coordinate')
  box.forEach(([from, to], i) => {
    if (!(Number.isFinite(from) && Number.isFinite(to) && from < to)) throw new BadInput(`box[${i}]`, [from, to], 'two numbers, the smaller one first')
  })
  if (terms.length + squares.length === 0) throw new BadInput('terms', terms, 'at least one term or square')
  checkTerms('terms', terms, box.length)
  squares.forEach((square, i) => checkTerms(`squares[${i}]`, square, box.length))
  if (density !== undefined) checkTerms('density', density, box.length)
  return { terms, squares, density: density ?? [{ coefficient: 1, exponents: box.map(() => 0) }], box }
}

function checkTerms(field: string, terms: readonly Term[], dimension: number): void {
  terms.forEach(({ coefficient, exponents }, i) => {
    if (!Number.isFinite(coefficient)) throw new BadInput(`${field}[${i}].coefficient`, coefficient, 'a finite number')
    if (exponents.length !== dimension) throw new BadInput(`${field}[${i}].exponents`, exponents, `${dimension} exponents, one per coordinate`)
    const wrong = exponents.find(e => !Number.isInteger(e) || e < 0 || e > largestExponent)
    if (wrong !== undefined) throw new BadInput(`${field}[${i}].exponents`, wrong, `whole numbers from 0 to ${largestExponent}`)
  })
}

/** A polynomial at a point. */
export function valueOf(terms: readonly Term[], x: ArrayLike<number>): number {
  return terms.reduce((sum, term) => sum + monomial(term, x), 0)
}

/** K at a point in float64, with a bound on what float32 would change. */
export function divergenceOf({ terms, squares }: CompleteProblem, x: ArrayLike<number>): RoundedValue {
  let { value, rounding } = sizes(terms, x)
  for (const square of squares) {
    const root = sizes(square, x)
    value += root.value * root.value
    rounding += (2 * Math.abs(root.value) + root.rounding) * root.rounding
  }
  return { value, rounding }
}

/** For each coordinate the size below which no term that holds it reaches `epsilon` anywhere in the box; Infinity where none does at all. */
export function leastSizes({ terms, squares, box }: CompleteProblem, epsilon: number): Float64Array {
  const edges = box.map(([from, to]) => Math.max(Math.abs(from), Math.abs(to)))
  const least = new Float64Array(box.length).fill(Infinity)
  for (const [list, reach] of [[terms, epsilon] as const, ...squares.map(square => [square, Math.sqrt(epsilon)] as const)]) {
    for (const { coefficient, exponents } of list) {
      const most = exponents.reduce((product, e, i) => product * edges[i]! ** e, Math.abs(coefficient))
      exponents.forEach((e, i) => {
        if (e > 0 && most > reach) least[i] = Math.min(least[i]!, edges[i]! * (reach / most) ** (1 / e))
      })
    }
  }
  return least
}

/** The same terms in coordinates `x = scales · y`, divided by `unit`. */
export function rescaled(terms: readonly Term[], scales: ArrayLike<number>, unit: number): Term[] {
  return terms.map(({ coefficient, exponents }) => ({
    coefficient: exponents.reduce((product, e, i) => product * scales[i]! ** e, coefficient / unit),
    exponents,
  }))
}

/** The largest size that is met while the products of the terms are formed from left to right. */
export function largestProduct(terms: readonly Term[], x: ArrayLike<number>): number {
  let largest = 0
  for (const { coefficient, exponents } of terms) {
    let product = Math.abs(coefficient)
    largest = Math.max(largest, product)
    exponents.forEach((e, i) => {
      const power = Math.abs(x[i]!) ** e
      product *= power
      largest = Math.max(largest, power, product)
    })
  }
  return largest
}

function sizes(terms: readonly Term[], x: ArrayLike<number>): RoundedValue {
  let [value, magnitude, degree] = [0, 0, 0]
  for (const term of terms) {
    const size = monomial(term, x)
    value += size
    magnitude += Math.abs(size)
    degree = Math.max(degree, term.exponents.reduce((sum, e) => sum + e, 0))
  }
  // Each of `degree` factors carries two roundings, of the coordinate and of the product; each sum one.
  return { value, rounding: magnitude * (2 * degree + terms.length) * float32Rounding }
}

function monomial({ coefficient, exponents }: Term, x: ArrayLike<number>): number {
  let product = coefficient
  for (let i = 0; i < exponents.length; i++) for (let e = exponents[i]!; e > 0; e--) product *= x[i]!
  return product
}
