import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePolynomial } from './parse-polynomial.ts'
import { type Polynomial, polynomialText, variablesOf } from './polynomial.ts'

const read = (source: string) => parsePolynomial(source, 'expression')

/** The value at a point, term by term. */
function valueAt(polynomial: Polynomial, point: Readonly<Record<string, number>>): number {
  return [...polynomial.values()].reduce((sum, { coefficient, powers }) => {
    const factors = [...powers].map(([name, { exponent, odd }]) => Math.abs(point[name]!) ** (Number(exponent.numerator) / Number(exponent.denominator)) * (odd ? Math.sign(point[name]!) : 1))
    return sum + (Number(coefficient.numerator) / Number(coefficient.denominator)) * factors.reduce((a, b) => a * b, 1)
  }, 0)
}

describe('parsePolynomial', () => {
  test.each([
    ['(x - y)^2', 'x^2 - 2*x*y + y^2'],
    ['0.5 x + x/2', 'x'],
    ['2x^2 3 y', '6*x^2*y'],
    ['-x^2 + x^2', '0'],
    ['-(x - 2)(x + 2)', '-x^2 + 4'],
    ['x^3/2', '1/2*x^3'],
    ['x^(3/2)', '|x|^(3/2)'],
    ['x^1.5 x^1.5', '|x|^3'],
    ['|x|^2 - x^2', '0'],
    ['|x||y| |x|', 'x^2*|y|'],
    ['|-2 x*|x||', '2*x^2'],
    ['x |x|', 'sign(x)*|x|^2'],
    ['(x y^2)^(1/2)', '|x|^(1/2)*|y|'],
    ['2 - --2', '0'],
    ['θ_1^2 w12', 'w12*θ_1^2'],
    ['(x + 1)^0', '1'],
  ])('%s is %s', (source, text) => {
    expect(polynomialText(read(source))).toBe(text)
  })

  test('has the value of the expression at every point, whatever its shape', () => {
    const { source } = fc.letrec<{ source: string }>(tie => ({
      source: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('x', 'y', '3', '0.25', '|x|', '|x*y|'),
        fc.tuple(tie('source'), fc.constantFrom('+', '-', '*'), tie('source')).map(([a, operator, b]) => `(${a} ${operator} ${b})`),
        fc.tuple(tie('source'), fc.integer({ min: 0, max: 3 })).map(([a, n]) => `(${a})^${n}`),
        tie('source').map(a => `-(${a})/4`),
      ),
    }))
    fc.assert(
      fc.property(source, fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 }), (text, x, y) => {
        let polynomial: Polynomial
        try {
          polynomial = read(text)
        } catch (error) {
          // Only an expansion that is too long may be refused.
          expect(String(error)).toContain('terms when multiplied out')
          return
        }
        const script = text.replaceAll('^', '**').replaceAll('|x*y|', 'Math.abs(x*y)').replaceAll('|x|', 'Math.abs(x)')
        const expected = new Function('x', 'y', `return ${script.replaceAll(/-\(/g, '-1*(')}`)(x, y) as number
        expect(Math.abs(valueAt(polynomial, { x, y }) - expected)).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(expected)))
      }),
      { numRuns: 200 },
    )
  })

  test('reads its own text back', () => {
    const text = polynomialText(read('(x - 2/3 y)^3 |z|^(1/2) + 7'))
    expect(polynomialText(read(text))).toBe(text)
    expect(variablesOf(read(text))).toEqual(['x', 'y', 'z'])
  })

  test.each([
    ['', 'expression: got the end at position 1, expected a number, a variable or an opening parenthesis'],
    ['x + ', 'expression: got the end at position 5, expected a number, a variable or an opening parenthesis'],
    ['x $ y', 'expression: got "$" at position 3, expected a number, a variable or one of + - * / ^ ( ) |'],
    ['(x + y', 'expression: got the end at position 7, expected a closing parenthesis'],
    ['|x', 'expression: got the end at position 3, expected a closing bar'],
    ['x)', 'expression: got ")" at position 2, expected an operator or the end'],
    ['x^-2', 'expression: got "-" at position 3, expected an exponent: a number or a constant in parentheses'],
    ['x^(0-2)', 'expression: got the exponent -2, expected one that is not negative'],
    ['x^(y)', 'expression: got y at position 3 as an exponent, expected a constant'],
    ['x^2^3', 'expression: got "^" at position 4, expected parentheses around one of two powers'],
    ['1/x', 'expression: got "x" at position 3, expected a divisor: a number or a constant in parentheses'],
    ['x/0', 'expression: got a division by 0, expected another divisor'],
    ['(x + y)^(1/2)', 'expression: got (x + y)^(1/2), expected a product of variables under a fractional exponent'],
    ['|x + y|', 'expression: got |x + y|, expected one term between the bars'],
    ['x^5000', 'expression: got the exponent 5000, expected at most 1000'],
    ['(a+b+c+d+e+f)^9', 'expression: got more than 500 terms when multiplied out, expected fewer'],
    [`${'('.repeat(300)}x`, 'expression: got more than 200 brackets inside each other, expected fewer'],
  ])('refuses %s', (source, message) => {
    expect(() => read(source)).toThrow(new RangeError(message))
  })
})
