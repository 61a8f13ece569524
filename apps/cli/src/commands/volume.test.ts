import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run } from '../../test/run.ts'

const quick = ['--samples', '1', '--seed', '3']

describe('deaddir volume', () => {
  test('measures the λ and m of the closed form beside it, and names the mode', async () => {
    const { code, out } = await run('volume', 'x^4 + y^2', '--json', ...quick)
    const { law, closedForm, mode, seed, samples, samplesPerSecond, levels } = JSON.parse(out)
    expect(code).toBe(0)
    expect(closedForm).toEqual({ lambdaFraction: '3/4', multiplicity: 1, exact: true })
    expect(law).toMatchObject({ kind: 'volume law', multiplicity: 1 })
    expect(Math.abs(law.lambda - 3 / 4)).toBeLessThan(4 * law.standardError)
    expect({ mode, seed, samples }).toEqual({ mode: 'webasm', seed: 3, samples: 2 ** 21 })
    expect(samplesPerSecond).toBeGreaterThan(0)
    expect(levels).toHaveLength(16)
  })

  test('prints a table, λ and m, writes the figure, and reports progress on standard error', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'volume-'))
    const chart = join(folder, 'volumes.svg')
    const { code, out, err } = await run('volume', 'x^2', '--prior', 'x', '--box', '0,1', '--mode', 'cpu', '--chart', chart, ...quick)
    expect(code).toBe(0)
    const [, lambda, error] = /λ {8}(\S+) ± (\S+), ε from 1\.0e-32 to 0\.010\nm {8}1, probability 1\.000/.exec(out) ?? []
    expect(Math.abs(Number(lambda) - 1)).toBeLessThan(4 * Number(error))
    expect(out).toContain('closed   λ = 1, m = 1, Newton polyhedron at the origin')
    expect(out).toMatch(/sampled 2097152 points a level in mode cpu, seed 3: \d+ million points a second/)
    expect(err).toContain('volume: 0% fitting')
    expect(await readFile(chart, 'utf8')).toMatch(/^<svg/)
    expect(await readdir(folder)).toEqual(['volumes.svg'])
  })

  test.each([
    [['x^2', '--mode', 'webgpu'], 'mode: got "webgpu", expected webasm or cpu, since no WebGPU adapter answers here'],
    [['x^2', '--mode', 'gpu'], 'mode: got "gpu", expected one of webasm, webgpu, cpu'],
    [['x^2', '--box', '1'], '--box: got "1", expected two numbers with a comma between, the smaller one first'],
    [['x^2', '--box', '1,0'], '--box: got "1,0", expected two numbers with a comma between, the smaller one first'],
    [['x^2', '--chart', 'volumes.png'], '--chart: got "volumes.png", expected a file name that ends in .svg'],
    [['|x|^3'], 'expression: got |x|^3, expected whole powers and no odd one of an absolute value'],
    [['x^2 +'], 'expression: got the end at position 6, expected a number, a variable or an opening parenthesis'],
  ])('refuses %j in one line', async (line, message) => {
    expect(await run('volume', ...line, '--json')).toEqual({ code: 2, out: '', err: `deaddir: ${message}\n` })
  })
})
