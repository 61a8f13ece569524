import { describe, expect, test } from 'vitest'
import { run } from '../../test/run.ts'

describe('deaddir rlct', () => {
  test.each([
    ['x^2*y^2 + x^6 + y^6', 0.5, '1/2', 2],
    ['x^4 + y^2', 0.75, '3/4', 1],
    ['(w1 w2)^2', 0.5, '1/2', 2],
  ])('%s has the λ and m of the closed form', async (expression, lambda, lambdaFraction, multiplicity) => {
    const { code, out, err } = await run('rlct', expression, '--json')
    expect(JSON.parse(out)).toMatchObject({ lambda, lambdaFraction, multiplicity, nu: null, exact: true })
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })

  test('a degenerate polynomial is flagged as an upper bound', async () => {
    // In u = x - y it is u⁴ + y⁶, whose λ is 5/12.
    const found = JSON.parse((await run('rlct', '(x - y)^4 + y^6', '--json')).out)
    expect(found).toMatchObject({ exact: false, reason: expect.stringContaining('vanishes off the coordinate hyperplanes') })
    expect(found.lambda).toBeGreaterThanOrEqual(5 / 12)
  })

  test('a prior of order h takes x⁴ from 1/4 to (h + 1)/4', async () => {
    expect(JSON.parse((await run('rlct', 'x^4', '--prior', '|x|', '--json')).out)).toMatchObject({ lambda: 0.5, lambdaFraction: '1/2' })
  })

  test('a temperature and a number of observations give what λ and m predict', async () => {
    const { out } = await run('rlct', 'x^2 y^2', '--samples', '1000')
    // ½ log 1000 - log log 1000 and ½/1000.
    expect(out).toContain('   E[nK] → λ/β = 0.5 nats at β = 1\n   free energy beyond nβL at n = 1000: 1.5212 nats, up to a constant\n   expected generalisation loss at n = 1000: λ/n = 0.0005000 nats\n')
    expect(JSON.parse((await run('rlct', 'x^2 y^2', '--beta', '2', '--json')).out).posterior).toMatchObject({ beta: 2, expectedDivergence: 0.25, freeEnergy: null })
  })

  test('is a line each for people', async () => {
    expect((await run('rlct', 'x^4 y^2')).out).toBe('λ  0.25 = 1/4\nm  1\nν  no closed form\n   B8 Newton polyhedron\n   exact\n   face of x^4*y^2; variables x, y\n')
  })

  test.each([
    ['x^4 + 1', 'expression: got 1 at the origin, expected 0 there'],
    ['x^2 +', 'expression: got the end at position 6, expected a number, a variable or an opening parenthesis'],
    ['x^3 + y^2', 'expression: got one that is negative near the origin, where x^3 leads; expected K ≥ 0'],
  ])('refuses %s in one line', async (expression, message) => {
    expect(await run('rlct', expression, '--json')).toEqual({ code: 2, out: '', err: `deaddir: ${message}\n` })
  })
})
