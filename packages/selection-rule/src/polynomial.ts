import { add, type Rational, toText } from './rational.ts'
import { isInteger, multiply, negate, one, sign, zero } from './rational-field.ts'

/** `|x|^exponent`, times the sign of x where `odd`. */
export interface Power {
  readonly exponent: Rational
  readonly odd: boolean
}

/** A coefficient times a product of powers, by the name of the variable; no exponent is zero. */
export interface Term {
  readonly coefficient: Rational
  readonly powers: ReadonlyMap<string, Power>
}

/** Terms by the text of their monomials; no coefficient is zero. */
export type Polynomial = ReadonlyMap<string, Term>

/** Expansions beyond this many terms are refused. */
const mostTerms = 500
const largestExponent = 1000n

export function constant(value: Rational): Polynomial {
  return collect([{ coefficient: value, powers: new Map() }])
}

export function variable(name: string): Polynomial {
  return collect([{ coefficient: one, powers: new Map([[name, { exponent: one, odd: true }]]) }])
}

export function sum(a: Polynomial, b: Polynomial): Polynomial {
  return collect([...a.values(), ...b.values()])
}

export function negative(a: Polynomial): Polynomial {
  return collect([...a.values()].map(term => ({ ...term, coefficient: negate(term.coefficient) })))
}

export function product(a: Polynomial, b: Polynomial): Polynomial {
  return collect([...a.values()].flatMap(left => [...b.values()].map(right => termProduct(left, right))))
}

/** `a^n` for a whole number n; of a monomial without coefficient any positive power, taken of its absolute value. */
export function powerOf(a: Polynomial, exponent: Rational): Polynomial {
  if (sign(exponent) < 0) throw new RangeError(`expression: got the exponent ${toText(exponent)}, expected one that is not negative`)
  if (isInteger(exponent)) return repeated(a, exponent.numerator)
  const [term, more] = [...a.values()]
  if (term === undefined || more !== undefined || toText(term.coefficient) !== '1') {
    throw new RangeError(`expression: got (${polynomialText(a)})^(${toText(exponent)}), expected a product of variables under a fractional exponent`)
  }
  const powers = [...term.powers].map(([name, power]) => [name, { exponent: multiply(power.exponent, exponent), odd: false }] as const)
  return collect([{ coefficient: one, powers: new Map(powers) }])
}

/** The absolute value of a single term. */
export function absolute(a: Polynomial): Polynomial {
  const [term, more] = [...a.values()]
  if (more !== undefined) throw new RangeError(`expression: got |${polynomialText(a)}|, expected one term between the bars`)
  if (term === undefined) return a
  const powers = [...term.powers].map(([name, { exponent }]) => [name, { exponent, odd: false }] as const)
  return collect([{ coefficient: sign(term.coefficient) < 0 ? negate(term.coefficient) : term.coefficient, powers: new Map(powers) }])
}

/** The value of a polynomial without variables, or null. */
export function constantValue(a: Polynomial): Rational | null {
  if (a.size === 0) return zero
  const term = a.get('1')
  return a.size === 1 && term !== undefined ? term.coefficient : null
}

/** The variables in alphabetical order. */
export function variablesOf(...polynomials: readonly Polynomial[]): string[] {
  return [...new Set(polynomials.flatMap(a => [...a.values()].flatMap(({ powers }) => [...powers.keys()])))].sort()
}

/** `x^2*|y|^3`, or `1`. */
export function monomialText(powers: ReadonlyMap<string, Power>): string {
  const factors = [...powers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, power]) => powerText(name, power))
  return factors.length === 0 ? '1' : factors.join('*')
}

/** `x^2 - 2*x*y + y^2`. */
export function polynomialText(a: Polynomial): string {
  const terms = [...a].map(([monomial, { coefficient }]) => {
    const size = toText(sign(coefficient) < 0 ? negate(coefficient) : coefficient)
    return [sign(coefficient) < 0 ? '-' : '+', monomial === '1' ? size : size === '1' ? monomial : `${size}*${monomial}`] as const
  })
  const [[firstSign, first] = ['+', '0'] as const, ...rest] = terms
  return [`${firstSign === '-' ? '-' : ''}${first}`, ...rest.map(([s, text]) => `${s} ${text}`)].join(' ')
}

function powerText(name: string, { exponent, odd }: Power): string {
  const plain = isInteger(exponent) && odd === ((exponent.numerator & 1n) === 1n)
  const base = plain ? name : odd ? `sign(${name})*|${name}|` : `|${name}|`
  const text = toText(exponent)
  return text === '1' ? base : `${base}^${isInteger(exponent) ? text : `(${text})`}`
}

function termProduct(a: Term, b: Term): Term {
  const powers = new Map(a.powers)
  for (const [name, { exponent, odd }] of b.powers) {
    const before = powers.get(name)
    powers.set(name, before === undefined ? { exponent, odd } : { exponent: add(before.exponent, exponent), odd: before.odd !== odd })
  }
  return { coefficient: multiply(a.coefficient, b.coefficient), powers }
}

function repeated(a: Polynomial, exponent: bigint): Polynomial {
  if (exponent > largestExponent) throw new RangeError(`expression: got the exponent ${exponent}, expected at most ${largestExponent}`)
  let [result, square] = [constant(one), a]
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = product(result, square)
    if (left > 1n) square = product(square, square)
  }
  return result
}

function collect(terms: readonly Term[]): Polynomial {
  const collected = new Map<string, Term>()
  for (const term of terms) {
    const text = monomialText(term.powers)
    const coefficient = add(collected.get(text)?.coefficient ?? zero, term.coefficient)
    if (sign(coefficient) === 0) collected.delete(text)
    else collected.set(text, { ...term, coefficient })
    if (collected.size > mostTerms) throw new RangeError(`expression: got more than ${mostTerms} terms when multiplied out, expected fewer`)
  }
  return collected
}
