import { describe, expect, test } from 'vitest'
import { run } from '../../test/run.ts'

describe('deaddir calibrate', () => {
  test('gives a row per model and road, with the exact value, the error and the time', async () => {
    const { code, out } = await run('calibrate', '--models', 'rrr-5-3-5-2,polynomial', '--roads', 'rule,polyhedron,readout', '--json')
    const { rows } = JSON.parse(out)
    expect(code).toBe(0)
    expect(rows).toHaveLength(21)
    expect(rows.find((row: { model: string; road: string }) => row.model === 'rrr-5-3-5-2' && row.road === 'readout')).toMatchObject({
      lambda: 9.5,
      multiplicity: 2,
      exact: { lambdaFraction: '19/2', multiplicity: 2, source: expect.stringContaining('Aoyagi & Watanabe 2005') },
      error: 0,
      withinBar: true,
    })
    for (const row of rows) expect((row.lambda === null) !== (row.refused === undefined)).toBe(true)
  })

  test('prints a table, progress on standard error, and who refused and why', async () => {
    const { code, out, err } = await run('calibrate', '--models', 'tanh-2,rrr-4-3-4-1', '--roads', 'polyhedron,readout')
    expect(code).toBe(0)
    expect(out).toMatch(/rrr-4-3-4-1 │ +6 │ +1 │ readout +│ +6 │ +1 │ +0 │ .*✓/)
    expect(out.replaceAll(/\n +/g, ' ')).toContain('polyhedron: K is not written out as a polynomial: rrr-4-3-4-1')
    expect(out).toMatch(/^1 values, all within their error bars; 3 refused; \d+\.\d s$/m)
    expect(out.split('\n').filter(line => line.length > 120)).toEqual([])
    expect(err).toContain('calibrating: 100% done')
  })

  test.each([
    [['--models', 'xyzzy'], /^deaddir: models: got "xyzzy", expected a model's name or one of the families polynomial, .*\n$/],
    [['--roads', 'rule,xyzzy'], /^deaddir: --roads: got "xyzzy", expected rule, polyhedron, readout.*\n$/],
    [['--seed', '-1'], /^deaddir: --seed: got "-1", expected a whole number of at least 0\n$/],
  ])('refuses %j in one line with code 2', async (line, message) => {
    const { code, out, err } = await run('calibrate', ...line)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(message)
  })
})
