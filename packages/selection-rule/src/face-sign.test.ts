import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faceSign } from './face-sign.ts'
import { parsePolynomial } from './parse-polynomial.ts'
import { variablesOf } from './polynomial.ts'
import { zero } from './rational-field.ts'

function signOf(source: string): string {
  const polynomial = parsePolynomial(source, 'expression')
  const variables = variablesOf(polynomial)
  return faceSign(
    [...polynomial.values()].map(({ coefficient, powers }) => ({
      coefficient,
      exponents: variables.map(name => powers.get(name)?.exponent ?? zero),
      odd: variables.map(name => powers.get(name)?.odd ?? false),
    })),
  )
}

describe('faceSign', () => {
  test.each([
    ['x^4 + 3 y^2', 'positive'],
    ['-x^2', 'negative somewhere'],
    ['x^3', 'negative somewhere'],
    ['x^2 + x y + y^2', 'positive'],
    ['x^2 + 2 x y + y^2', 'zero somewhere'],
    ['x^2 + 3 x y + y^2', 'negative somewhere'],
    ['x^2 - 2 |x y| + y^2', 'zero somewhere'],
    ['x^2 + 2 |x y| + y^2', 'positive'],
    ['|x|^(3/2) - |x|^(3/4) y + y^2', 'positive'],
    ['|x|^(3/2) - 2 |x|^(3/4) y + y^2', 'zero somewhere'],
    ['x^2 + y^2 + z^2 + x y + y z', 'positive'],
    ['x^2 + y^2 + z^2 - x y - y z - z x', 'zero somewhere'],
    ['x^4 y^2 + x^2 y^4 + z^6 - 3 x^2 y^2 z^2', 'zero somewhere'],
    ['x^4 y^2 + x^2 y^4 + z^6 - 2 x^2 y^2 z^2', 'positive'],
    ['x^4 y^2 + x^2 y^4 + z^6 - 4 x^2 y^2 z^2', 'negative somewhere'],
    ['x^400 - 3 x^399 y + y^400', 'undecided'],
    ['x^800 - 3 x^400 y^2 + y^4', 'negative somewhere'],
    // Positive definite with a small margin: beyond what means can show.
    ['x^2 + 4 y^2 + 9 z^2 + 3.5 x y + 10 y z + 5 z x', 'undecided'],
  ])('%s: %s', (source, expected) => {
    expect(signOf(source)).toBe(expected)
  })

  test('never calls a quadratic form in three variables positive that is not, or negative that is not', () => {
    const entry = fc.integer({ min: -4, max: 4 })
    fc.assert(
      fc.property(entry, entry, entry, (a, b, c) => {
        const found = signOf(`2 x^2 + 2 y^2 + 2 z^2 + ${a}*x*y + ${b}*y*z + ${c}*x*z + 0`.replaceAll('+ -', '- '))
        // Sylvester: leading minors of the matrix with 4 on the diagonal.
        const determinant = 64 + 2 * a * b * c - 4 * (a * a + b * b + c * c)
        const definite = 16 - a * a > 0 && determinant > 0
        const semidefinite = [a, b, c].every(value => value * value <= 16) && determinant >= 0
        if (definite) expect(['positive', 'undecided']).toContain(found)
        if (!semidefinite) expect(['negative somewhere', 'undecided']).toContain(found)
        if (found === 'negative somewhere') expect(semidefinite).toBe(false)
      }),
    )
  })
})
