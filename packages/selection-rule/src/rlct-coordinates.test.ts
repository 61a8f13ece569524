import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rlct } from './rlct.ts'

/** The expression with other expressions in place of its variables. */
function substituted(expression: string, changes: Readonly<Record<string, string>>): string {
  return expression.replaceAll(/\p{L}[\p{L}\p{N}_]*/gu, name => (changes[name] === undefined ? name : `(${changes[name]})`))
}

describe('a change of coordinates never makes rlct silently wrong', () => {
  // Each change is invertible near the origin with a constant Jacobian, so that λ and m stay.
  test.each<[string, Record<string, string>, string, number]>([
    ['(x - y)^4 + x^6', { x: 'u + y' }, '5/12', 1],
    ['(x - y)^4 + y^6', { x: 'u + y' }, '5/12', 1],
    ['(x + y)^2*z^2 + z^6', { x: 'u - y' }, '1/2', 2],
    ['(x + y)^2*z^2 + (x + y)^6 + z^6', { x: 'u - y' }, '1/2', 2],
    ['(x + y)^2*z^2 + (x + y)^4 + y^4 + z^8', { x: 'u - y' }, '3/4', 2],
    ['(x - 2*y)^2 + y^4', { x: 'u + 2*y' }, '3/4', 1],
    ['(x + y)^2 + (x^2 + y^2)^2', { x: 'u - y' }, '3/4', 1],
    ['(x - y)^2*(x + y)^2', { x: '(u + v)/2', y: '(v - u)/2' }, '1/2', 2],
    ['(x + y + z)^2*(x - y)^4', { x: '(u - z + v)/2', y: '(u - z - v)/2' }, '1/4', 1],
    ['(x - y^2)^2 + y^6', { x: 'u + y^2' }, '2/3', 1],
    ['(x - y^2)^4*(1 + x) + y^10', { x: 'u + y^2' }, '7/20', 1],
    ['(x*y + z)^2 + x^4', { z: 'w - x*y' }, '3/4', 1],
  ])('%s after %o', (expression, change, lambdaFraction, multiplicity) => {
    const [found, truth] = [rlct(expression), rlct(substituted(expression, change))]
    expect(truth).toMatchObject({ lambdaFraction, multiplicity })
    expect(found.exact).toBe(false)
    expect(found.reason).toContain('vanishes off the coordinate hyperplanes: λ is at most this value')
    expect(found.lambda).toBeGreaterThanOrEqual(truth.lambda)
    expect(truth.exact).toBe(true)
  })

  test('a squared cusp is flagged though its bound, 5/12, is the value that the blow-up of weights 3, 2 gives', () => {
    // (x² - y³)² along x = s³ a, y = s² b: exponent (3 + 2)/12; on the curve itself 1/2.
    expect(rlct('(x^2 - y^3)^2')).toMatchObject({ exact: false, lambdaFraction: '5/12' })
  })

  const entry = fc.integer({ min: -2, max: 2 })
  const exponent = fc.integer({ min: 1, max: 2 }).map(n => 2 * n)
  const forms = fc.oneof(
    fc.tuple(exponent, exponent).map(([a, b]) => `u^${a} + v^${b}`),
    fc.tuple(exponent, exponent).map(([a, b]) => `u^${a}*v^${b}`),
    fc.tuple(exponent, exponent).map(([a, b]) => `u^2*v^2 + u^${2 + a} + v^${2 + b}`),
  )

  test('under random invertible linear maps: exact means right, and otherwise λ is at most the bound', () => {
    fc.assert(
      fc.property(
        forms,
        fc.tuple(entry, entry, entry, entry).filter(([a, b, c, d]) => a * d !== b * c),
        (form, [a, b, c, d]) => {
          const truth = rlct(form)
          expect(truth.exact).toBe(true)
          const found = rlct(substituted(form, { u: `${a}*x + ${b}*y`, v: `${c}*x + ${d}*y` }))
          if (found.exact) expect(found).toMatchObject({ lambdaFraction: truth.lambdaFraction, multiplicity: truth.multiplicity })
          else expect(found.lambda).toBeGreaterThanOrEqual(truth.lambda)
        },
      ),
      { numRuns: 150 },
    )
  })

  test('under random triangular maps u = x + c y^p the same', () => {
    fc.assert(
      fc.property(forms, entry, fc.integer({ min: 1, max: 3 }), (form, c, p) => {
        const truth = rlct(form)
        const found = rlct(substituted(form, { u: `x + ${c}*y^${p}`, v: 'y' }))
        if (found.exact) expect(found).toMatchObject({ lambdaFraction: truth.lambdaFraction, multiplicity: truth.multiplicity })
        else expect(found.lambda).toBeGreaterThanOrEqual(truth.lambda)
      }),
      { numRuns: 100 },
    )
  })
})

describe('sums of squares, rational exponents and prior monomials', () => {
  test.each([
    // A sum of squares has the polyhedron of its monomials.
    ['(x^2)^2 + (x*y)^2 + (y^2)^2', undefined, '1/2', 1],
    ['(x*y*z)^2 + (x^3)^2 + (y^3)^2 + (z^3)^2', undefined, '1/2', 1],
    ['(x + y)^2 + (x - y)^2', undefined, '1', 1],
    ['x^(3/2) + |y|^(5/2)', undefined, '16/15', 1],
    ['|x|^(1/2)*|y|^(1/2)', undefined, '2', 2],
    ['x^4 + y^2', '|x|', '1', 1],
    ['x^2*y^2', 'x', '1/2', 1],
    ['x^2*y^2', '|x*y|^3', '2', 2],
    ['x^4 + y^2', '|x|^(1/2)*z', '7/8', 1],
  ])('%s under %s', (expression, prior, lambdaFraction, multiplicity) => {
    expect(rlct(expression, prior === undefined ? {} : { prior })).toMatchObject({ lambdaFraction, multiplicity, exact: true })
  })
})
