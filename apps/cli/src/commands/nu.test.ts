import { describe, expect, test } from 'vitest'
import { run } from '../../test/run.ts'

describe('deaddir nu', () => {
  test('is 1/2 for a regular direction and 0.2783664744 at order 3', async () => {
    const [regular, third] = [JSON.parse((await run('nu', '1', '--json')).out), JSON.parse((await run('nu', '3', '--json')).out)]
    expect(regular).toMatchObject({ lambda: 0.5, multiplicity: 1, nu: 0.5 })
    expect(third).toMatchObject({ lambda: 1 / 6, multiplicity: 1, nu: 0.2783664744 })
  })

  test('under a prior of order h λ is (h+1)/(2k), and no ν is known', async () => {
    const found = JSON.parse((await run('nu', '2', '--prior-order', '1', '--beta', '0.5', '--samples', '100', '--json')).out)
    expect(found).toMatchObject({ lambda: 0.5, lambdaFraction: '1/2', multiplicity: 1, nu: null, posterior: { expectedDivergence: 1, freeEnergy: 0.5 * Math.log(50), generalisationLoss: null } })
  })

  test.each([
    [['--prior-order', 'x'], '--prior-order: got "x", expected a whole number of at least 0'],
    [['--beta', '0'], '--beta: got "0", expected a positive number'],
    [['--beta', ''], '--beta: got "", expected a positive number'],
    [['--samples', '0'], '--samples: got "0", expected a whole number of at least 1'],
    [['--samples', '1'], 'n: got n times beta of 1, expected more than 1'],
  ])('refuses %j in one line', async (options, message) => {
    expect(await run('nu', '2', ...options)).toEqual({ code: 2, out: '', err: `deaddir: ${message}\n` })
  })

  test('shows λ as a decimal and a fraction', async () => {
    expect((await run('nu', '3')).out).toBe('λ  0.1666666667 = 1/6\nm  1\nν  0.2783664744\n   B6 one direction of order 3\n')
  })
})
