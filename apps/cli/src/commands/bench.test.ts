import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spreadOf } from '@dead-directions/bench'
import { describe, expect, test } from 'vitest'
import { writeGrowthChart } from '../growth-chart.ts'
import { run } from '../../test/run.ts'

describe('deaddir bench', () => {
  test('--json gives the machine and the spread of every ratio', async () => {
    const { code, out } = await run('bench', 'svd', '--rounds', '2', '--json')
    expect(code).toBe(0)
    const { machine, results } = JSON.parse(out)
    expect(machine.node).toBe(process.version)
    expect(results).toHaveLength(1)
    const [{ name, rounds, reference, rows }] = results
    expect({ name, rounds, reference }).toEqual({ name: 'svd 512×128', rounds: 2, reference: 'ml-matrix' })
    for (const { ratio } of rows) {
      expect(ratio.low).toBeLessThanOrEqual(ratio.median)
      expect(ratio.median).toBeLessThanOrEqual(ratio.high)
    }
  })

  test('prints the machine, then the table', async () => {
    const { out, err } = await run('bench', 'svd', '--rounds', '1')
    expect(out).toMatch(new RegExp(`cores, .* Node ${process.version}\\n\\nsvd 512×128 \\(1 round\\)\\ncandidate `))
    expect(out).toMatch(/^svd +[\d.]+ +[\d.]+ +[\d.]+–[\d.]+ +right to 1e-8: B·D 16\/16, D·B 16\/16$/m)
    expect(err).toBe('benchmark: 0% svd 512×128\n')
  })

  test('refuses a name that no benchmark has, and no rounds', async () => {
    const { code, out, err } = await run('bench', 'svd', 'xyzzy')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^deaddir: NAME: got "xyzzy", expected part of one of gemm 512×512×512; gemm-against-openblas; svd 512×128; [^\n]+\n$/)
    expect((await run('bench', '--rounds', '0')).err).toBe('deaddir: --rounds: got "0", expected a whole number of at least 1\n')
  })

  test('draws the growth of a readout, and nothing that does not grow', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bench-'))
    const chart = join(folder, 'growth.svg')
    const point = (size: number) => ({ size, seconds: spreadOf([size ** 2]), exponent: null })
    await writeGrowthChart(chart, { name: 'work', rounds: 1, series: [{ name: 'squares', variable: 'width', points: [point(1), point(10)], powerLaw: { exponent: 2, standardError: 0, coefficient: 1 } }] })
    const svg = await readFile(chart, 'utf8')
    expect(svg).toMatch(/^<svg/)
    expect(svg).toContain('squares')
    const { code, err } = await run('bench', 'svd', '--chart', chart)
    expect({ code, err }).toEqual({ code: 2, err: 'deaddir: --chart: got benchmarks svd, expected readout-growth among them\n' })
    expect((await run('bench', '--chart', 'growth.png')).err).toBe('deaddir: --chart: got "growth.png", expected a file name that ends in .svg\n')
    await rm(folder, { recursive: true })
  })
})
