import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crossing } from './crossing.ts'
import { rlct } from './rlct.ts'
import { smoothFibre, sumOfPowers } from './smooth-fibre.ts'

describe('rlct', () => {
  test.each([
    ['x^4 + y^2', '3/4', 1],
    ['x^2 y^2', '1/2', 2],
    ['x^4 y^2', '1/4', 1],
    ['x^2 y^4', '1/4', 1],
    ['x^2 y^2 z^2', '1/2', 3],
    ['x^6 + y^4', '5/12', 1],
    ['x^2*y^2 + x^6 + y^6', '1/2', 2],
    ['(w1 w2)^2', '1/2', 2],
    ['x^4 - x^2 y + y^2', '3/4', 1],
    ['(x - y)^2 + (x + y)^4 + y^2', '1', 1],
    ['x^2 + x^3 + y^4', '3/4', 1],
  ])('%s has λ = %s and m = %i', (expression, lambdaFraction, multiplicity) => {
    expect(rlct(expression)).toMatchObject({ lambdaFraction, multiplicity, nu: null, exact: true })
  })

  test('names the face and the variables', () => {
    expect(rlct('x^2 y^2 + x^6 + y^6')).toMatchObject({ face: ['x^2*y^2'], variables: ['x', 'y'], rule: 'B8 Newton polyhedron' })
    expect(rlct('xy^2').variables).toEqual(['xy'])
  })

  const order = fc.integer({ min: 1, max: 4 })
  const lists = fc.array(fc.tuple(order, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 4 })
  const prior = (list: readonly (readonly [number, number])[]) => ['1', ...list.map(([, h], i) => `|x${i}|^${h}`)].join('*')

  test('agrees with the rules for crossings and for smooth fibres, priors included', () => {
    fc.assert(
      fc.property(lists, list => {
        const [orders, priorOrders] = [list.map(([k]) => k), list.map(([, h]) => h)]
        const product = rlct(orders.map((k, i) => `x${i}^${2 * k}`).join('*'), { prior: prior(list) })
        const { lambdaFraction, multiplicity } = crossing({ orders, priorOrders })
        expect(product).toMatchObject({ lambdaFraction, multiplicity, exact: true })
        const sum = rlct(orders.map((k, i) => `x${i}^${2 * k}`).join(' + '), { prior: prior(list) })
        expect(sum).toMatchObject({ lambdaFraction: smoothFibre({ orders, regular: 0, priorOrders }).lambdaFraction, multiplicity: 1, exact: true })
      }),
      { numRuns: 40 },
    )
  })

  test('of a sum of powers is Σ 1/p, odd and fractional powers included', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }), powers => {
        expect(rlct(powers.map((p, i) => `|x${i}|^${p}`).join(' + ')).lambdaFraction).toBe(sumOfPowers(powers).lambdaFraction)
        expect(rlct(powers.map((p, i) => `x${i}^(${p}/10)`).join(' + ')).lambda).toBeCloseTo(10 * sumOfPowers(powers).lambda, 10)
      }),
      { numRuns: 30 },
    )
  })

  const exponent = fc.integer({ min: 0, max: 4 }).map(n => 2 * n)
  const monomials = fc.array(fc.tuple(exponent, exponent).filter(([a, b]) => a + b > 0), { minLength: 1, maxLength: 4 })
  const text = (list: readonly (readonly [number, number])[], [x, y]: readonly [string, string]) => list.map(([a, b]) => `${x}^${a}*${y}^${b}`).join(' + ')

  test('does not depend on the order or the names of the variables', () => {
    fc.assert(
      fc.property(monomials, list => {
        const [one, other] = [rlct(text(list, ['x', 'y'])), rlct(text(list, ['y', 'a']))]
        expect(other).toMatchObject({ lambdaFraction: one.lambdaFraction, multiplicity: one.multiplicity })
      }),
      { numRuns: 40 },
    )
  })

  test('of a sum over separate variables adds λ and m - 1, of a product it is the smaller λ, and m adds on a tie', () => {
    fc.assert(
      fc.property(monomials, monomials, (a, b) => {
        const [left, right] = [text(a, ['x', 'y']), text(b, ['u', 'v'])]
        const [one, other, sum, product] = [rlct(left), rlct(right), rlct(`${left} + ${right}`), rlct(`(${left}) * (${right})`)]
        expect(sum.lambda).toBeCloseTo(one.lambda + other.lambda, 12)
        expect(sum.multiplicity).toBe(one.multiplicity + other.multiplicity - 1)
        const tied = one.lambdaFraction === other.lambdaFraction
        const [smaller] = [one, other].sort((p, q) => p.lambda - q.lambda)
        expect(product.lambdaFraction).toBe(smaller!.lambdaFraction)
        expect(product.multiplicity).toBe(tied ? one.multiplicity + other.multiplicity : smaller!.multiplicity)
      }),
      { numRuns: 30 },
    )
  })

  test('of a power is λ over it, with the same m', () => {
    for (const expression of ['x^2 + y^4', 'x^2 y^2 + x^6 + y^6', 'x^2 + x y + y^2']) {
      const [plain, cubed] = [rlct(expression), rlct(`(${expression})^3`)]
      expect(cubed.lambda).toBeCloseTo(plain.lambda / 3, 12)
      expect(cubed.multiplicity).toBe(plain.multiplicity)
    }
  })

  test('is an upper bound, and says so, where a change of coordinates lowers λ', () => {
    // In u = x - y or u = y - x² these are u⁴ + y⁶, u², u², v² u² + …: λ from the sum and product rules.
    for (const [expression, truth] of [
      ['(x - y)^4 + y^6', 5 / 12],
      ['(x - y)^2', 1 / 2],
      ['(y - x^2)^2', 1 / 2],
      ['(x + y + z)^2', 1 / 2],
      ['(x^2 - y^2)^2', 1 / 2],
    ] as const) {
      const found = rlct(expression)
      expect(found.exact).toBe(false)
      expect(found.reason).toContain('vanishes off the coordinate hyperplanes')
      expect(found.lambda).toBeGreaterThanOrEqual(truth)
    }
  })

  test.each([
    ['0', {}, 'expression: got 0 identically, expected a polynomial with a term'],
    ['x^2 + 1', {}, 'expression: got 1 at the origin, expected 0 there'],
    ['x^3 + y^2', {}, 'expression: got one that is negative near the origin, where x^3 leads; expected K ≥ 0'],
    ['x^2 - 3 x y + y^2', {}, 'expression: got one that is negative near the origin, where x^2 - 3*x*y + y^2 leads; expected K ≥ 0'],
    ['x^2', { prior: 'x + 1' }, 'prior: got x + 1, expected a single monomial with a positive coefficient, such as |x|^3*y'],
    ['x^2', { prior: '-x' }, 'prior: got -x, expected a single monomial with a positive coefficient, such as |x|^3*y'],
  ])('refuses %s %o', (expression, options, message) => {
    expect(() => rlct(expression, options)).toThrow(new RangeError(message))
  })
})

describe('sublevel volumes, integrated', () => {
  /** Weighted volume of {K < ε} in the unit square, K growing in y: midpoints in -log x, ends in y by bisection. */
  function volume(K: (x: number, y: number) => number, epsilon: number, h = 0): number {
    const [depth, steps] = [120, 3000]
    let sum = 0
    for (let i = 0; i < steps; i++) {
      const x = Math.exp((-depth * (i + 0.5)) / steps)
      if (K(x, 0) >= epsilon) continue
      let [low, high] = [-300, 0]
      if (K(x, 1) < epsilon) low = 0
      for (let j = 0; j < 60; j++) {
        const middle = (low + high) / 2
        if (K(x, Math.exp(middle)) < epsilon) low = middle
        else high = middle
      }
      sum += x ** (1 + h) * Math.exp(low)
    }
    return (sum * depth) / steps
  }

  test.each<[string, (x: number, y: number) => number, number]>([
    ['x^4 + y^2', (x, y) => x ** 4 + y ** 2, 0],
    ['x^2*y^2 + x^6 + y^6', (x, y) => x ** 2 * y ** 2 + x ** 6 + y ** 6, 0],
    ['x^2*y^2 + x^6 + y^6', (x, y) => x ** 2 * y ** 2 + x ** 6 + y ** 6, 1],
    ['x^10 + |x|*y^2 + y^8', (x, y) => x ** 10 + x * y ** 2 + y ** 8, 0],
    ['x^4*y^2 + y^8', (x, y) => x ** 4 * y ** 2 + y ** 8, 0],
  ])('of %s go as ε^λ (-log ε)^(m-1)', (expression, K, h) => {
    const { lambda, multiplicity, exact } = rlct(expression, { prior: `|x|^${h}` })
    expect(exact).toBe(true)
    // ε^{-λ} V is a polynomial of degree m - 1 in log ε as ε → 0.
    const [a, b, c] = [20, 25, 30].map(digits => volume(K, 10 ** -digits, h) * 10 ** (digits * lambda)) as [number, number, number]
    const [slope, bend] = [(c - b) / c, (c - 2 * b + a) / c]
    if (multiplicity === 1) expect(Math.abs(slope)).toBeLessThan(0.01)
    else expect(slope).toBeGreaterThan(0.1)
    expect(Math.abs(bend)).toBeLessThan(0.01)
  })
})
