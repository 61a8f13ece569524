import { describe, expect, test } from 'vitest'
import { run } from '../../test/run.ts'

describe('deaddir table', () => {
  // Aoyagi & Watanabe 2005, worked by hand; xy at 0 and one line of full rank among them.
  test.each([
    ['5 3 5 2', 9.5, 2],
    ['4 3 4 1', 6, 1],
    ['1 1 1 0', 0.5, 2],
    ['2 1 2 1', 1.5, 1],
  ])('rrr %s has the λ and m of the closed form', async (shape, lambda, multiplicity) => {
    const { code, out, err } = await run('table', 'rrr', ...shape.split(' '), '--json')
    expect(JSON.parse(out)).toMatchObject({ lambda, multiplicity, nu: null })
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })

  test('dln agrees with rrr on one hidden layer', async () => {
    const [deep, reduced] = [await run('table', 'dln', '5,3,5', '2', '--json'), await run('table', 'rrr', '5', '3', '5', '2', '--json')]
    const { lambda, multiplicity } = JSON.parse(reduced.out)
    expect(JSON.parse(deep.out)).toMatchObject({ lambda, multiplicity, nu: null })
  })

  test('a temperature leaves λ alone; a prior on every weight of a chain shifts it, and has no other closed form', async () => {
    expect(JSON.parse((await run('table', 'rrr', '5', '3', '5', '2', '--beta', '2', '--samples', '1000', '--json')).out)).toMatchObject({ lambda: 9.5, posterior: { expectedDivergence: 4.75 } })
    expect(JSON.parse((await run('table', 'dln', '1,1,1', '0', '--prior-order', '2', '--samples', '300', '--json')).out)).toMatchObject({ lambda: 1.5, multiplicity: 2, posterior: { generalisationLoss: 0.005 } })
    expect(await run('table', 'dln', '2,2,2', '0', '--prior-order', '1')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('only chains of width one and rank 0') })
  })

  test('is a line each for people', async () => {
    const { out } = await run('table', 'rrr', '5', '3', '5', '2')
    expect(out.split('\n').slice(0, 3)).toEqual(['λ  9.5 = 19/2', 'm  2', 'ν  no closed form'])
  })
})
