import { absolute, constant, constantValue, negative, type Polynomial, polynomialText, powerOf, product, sum, variable } from './polynomial.ts'
import { type Rational, ratio } from './rational.ts'
import { divide, one, sign } from './rational-field.ts'

interface Token {
  readonly kind: 'number' | 'name' | 'symbol' | 'end'
  readonly text: string
  /** Position in the source, from 1. */
  readonly at: number
}

/** A reader of tokens: one is looked at before it is taken. */
interface Tokens {
  readonly field: string
  readonly next: () => Token
  readonly take: () => Token
  readonly isNext: (...symbols: readonly string[]) => boolean
  /** How many bars are open, since the same sign opens and closes them. */
  bars: number
  /** How many brackets are open. */
  depth: number
}

const deepest = 200
const lexeme = /\s*(?:(?<number>\d+(?:\.\d*)?|\.\d+)|(?<name>\p{L}[\p{L}\p{N}_]*)|(?<symbol>[-+*/^()|]))/uy

/**
 * A polynomial with exact rational coefficients: numbers, variables, `+ - * / ^`, parentheses, bars for the absolute value
 * of a term, and products without a sign as in `2 x y`.
 *
 * An exponent is a number or a constant in parentheses, a divisor is a constant; a fractional power is one of the
 * absolute value. Letters that stand together name one variable: `xy` is not `x*y`.
 *
 * @param field what errors call the source
 * @throws RangeError at the first place that does not fit.
 */
export function parsePolynomial(source: string, field: string): Polynomial {
  if (typeof source !== 'string') throw new RangeError(`${field}: got ${String(source)}, expected a text such as "x^4 + y^2"`)
  const tokens = reader(tokenise(source, field), field)
  const result = sumOfTerms(tokens)
  if (tokens.next().kind !== 'end') throw unexpected(tokens, 'an operator or the end')
  return result
}

function tokenise(source: string, field: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  for (const end = source.trimEnd().length; at < end; at = lexeme.lastIndex) {
    lexeme.lastIndex = at
    const groups = lexeme.exec(source)?.groups
    if (groups === undefined) {
      const wrong = source.slice(at).trimStart()
      throw new RangeError(`${field}: got ${JSON.stringify([...wrong][0])} at position ${source.length - wrong.length + 1}, expected a number, a variable or one of + - * / ^ ( ) |`)
    }
    const kind = (['number', 'name', 'symbol'] as const).find(kind => groups[kind] !== undefined)!
    tokens.push({ kind, text: groups[kind]!, at: lexeme.lastIndex - groups[kind]!.length + 1 })
  }
  return [...tokens, { kind: 'end', text: 'the end', at: source.length + 1 }]
}

function reader(tokens: readonly Token[], field: string): Tokens {
  let position = 0
  const next = () => tokens[position]!
  return {
    field,
    next,
    take: () => tokens[position++]!,
    isNext: (...symbols) => next().kind === 'symbol' && symbols.includes(next().text),
    bars: 0,
    depth: 0,
  }
}

function sumOfTerms(tokens: Tokens): Polynomial {
  let result = factors(tokens)
  while (tokens.isNext('+', '-')) {
    const minus = tokens.take().text === '-'
    const term = factors(tokens)
    result = sum(result, minus ? negative(term) : term)
  }
  return result
}

function factors(tokens: Tokens): Polynomial {
  let result = signed(tokens)
  for (;;) {
    if (tokens.isNext('*')) {
      tokens.take()
      result = product(result, signed(tokens))
    } else if (tokens.isNext('/')) {
      tokens.take()
      result = product(result, constant(divide(one, divisor(tokens))))
    } else if (tokens.next().kind === 'name' || tokens.next().kind === 'number' || tokens.isNext('(') || (tokens.isNext('|') && tokens.bars === 0)) {
      result = product(result, power(tokens))
    } else return result
  }
}

function signed(tokens: Tokens): Polynomial {
  let minus = false
  while (tokens.isNext('+', '-')) minus = (tokens.take().text === '-') !== minus
  const value = power(tokens)
  return minus ? negative(value) : value
}

function power(tokens: Tokens): Polynomial {
  const base = operand(tokens)
  if (!tokens.isNext('^')) return base
  tokens.take()
  const raised = powerOf(base, numberFrom(tokens, 'an exponent'))
  if (tokens.isNext('^')) throw unexpected(tokens, 'parentheses around one of two powers')
  return raised
}

function divisor(tokens: Tokens): Rational {
  const value = numberFrom(tokens, 'a divisor')
  if (sign(value) === 0) throw new RangeError(`${tokens.field}: got a division by 0, expected another divisor`)
  return value
}

/** A number, or a constant in parentheses. */
function numberFrom(tokens: Tokens, what: string): Rational {
  const { at, kind } = tokens.next()
  if (kind !== 'number' && !tokens.isNext('(')) throw unexpected(tokens, `${what}: a number or a constant in parentheses`)
  const value = operand(tokens)
  const number = constantValue(value)
  if (number === null) throw new RangeError(`${tokens.field}: got ${polynomialText(value)} at position ${at} as ${what}, expected a constant`)
  return number
}

function operand(tokens: Tokens): Polynomial {
  const { kind, text } = tokens.next()
  if (kind === 'number') return constant(decimal(tokens.take().text))
  if (kind === 'name') return variable(tokens.take().text)
  if (text === '(') return bracketed(tokens, ')')
  if (text === '|') return absolute(bracketed(tokens, '|'))
  throw unexpected(tokens, 'a number, a variable or an opening parenthesis')
}

function bracketed(tokens: Tokens, closing: ')' | '|'): Polynomial {
  tokens.take()
  const barsOutside = tokens.bars
  tokens.bars = closing === '|' ? 1 : 0
  if (++tokens.depth > deepest) throw new RangeError(`${tokens.field}: got more than ${deepest} brackets inside each other, expected fewer`)
  const inside = sumOfTerms(tokens)
  if (!tokens.isNext(closing)) throw unexpected(tokens, closing === '|' ? 'a closing bar' : 'a closing parenthesis')
  tokens.take()
  tokens.bars = barsOutside
  tokens.depth--
  return inside
}

function decimal(text: string): Rational {
  const [whole = '', fraction = ''] = text.split('.')
  return ratio(BigInt(`${whole}${fraction}`), 10n ** BigInt(fraction.length))
}

function unexpected(tokens: Tokens, expected: string): RangeError {
  const { kind, text, at } = tokens.next()
  return new RangeError(`${tokens.field}: got ${kind === 'end' ? 'the end' : JSON.stringify(text)} at position ${at}, expected ${expected}`)
}
