import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { standardNormals, writeNpy } from '@dead-directions/dead-directions'
import { describe, expect, test } from 'vitest'
import { perceptron, planted, temporaryFolder, written } from '../../test/checkpoints.ts'
import { run } from '../../test/run.ts'

const folder = temporaryFolder()

/** Arguments of `deaddir llc` for a regular linear map 2→2, λ = 2. */
async function regular(name: string, ...options: string[]): Promise<readonly string[]> {
  const network = perceptron([2, 2], 'identity')
  const [, ...read] = await written(join(folder(), name), network, planted(network, 2, 0.1), 100)
  return ['llc', ...read, '--draws', '400', '--chains', '2', '--threads', '1', ...options]
}

describe('deaddir llc', () => {
  test('draws targets from the checkpoint, and λ̂ + βν̂ is then λ = d/2', async () => {
    const { code, out, err } = await run(...(await regular('drawn', '--json', '--sampler', 'sghmc')))
    expect(code).toBe(0)
    const { kind, sampler, beta, overSamples, trace } = JSON.parse(out)
    expect({ kind, sampler, beta }).toEqual({ kind: 'estimate', sampler: 'sghmc', beta: 1 / Math.log(100) })
    expect(trace).toHaveLength(2)
    // Beside the error of the sampling, β √λ of the sample itself and γ's d/(2nβ).
    const [{ value, standardError }, allowed] = [overSamples, beta * Math.sqrt(2)]
    expect(Math.abs(value - 2)).toBeLessThan(3 * Math.hypot(standardError, allowed))
    expect(err).toContain('chain 2 of 2')
  })

  test('takes targets from a file and writes a page with the trace', async () => {
    const targets = join(folder(), 'targets.npy')
    await writeNpy(targets, 100, 2, standardNormals(8, 200))
    const page = join(folder(), 'trace.html')
    const { code, out } = await run(...(await regular('given', '--targets', targets, '--out', page, '--localisation', '100')))
    expect(code).toBe(0)
    // Targets of pure noise: the checkpoint is no minimum and the chains say so.
    expect(out).toMatch(/^λ {8}refused: λ̂ = -/)
    expect(out).toContain(`trace    ${page}\n`)
    const html = await readFile(page, 'utf8')
    expect(html).toContain('Trace of nβ')
    expect(html).not.toMatch(/<script|@import|url\(\s*['"]?(https?:)?\/\//i)
  })

  test('repeats byte for byte but for its time', async () => {
    const timeless = async () => (await run(...(await regular('twice', '--batch', '20', '--seed', '3', '--step-size', '0.01', '--draws', '60')))).out.replace(/[\d.]+ s$/m, '')
    expect(await timeless()).toBe(await timeless())
  })

  test('gives the same bits on two threads', async () => {
    const onThreads = async (threads: string) => {
      const { code, out, err } = await run(...(await regular('threads', '--json', '--seed', '2', '--step-size', '0.01', '--draws', '60', '--threads', threads)))
      return { code, result: { ...JSON.parse(out), seconds: 0 }, err }
    }
    const [one, two] = [await onThreads('1'), await onThreads('2')]
    expect(two.result).toEqual(one.result)
    expect([one.err, two.err]).toEqual([expect.stringContaining('chain 2 of 2'), expect.stringContaining('2 chains on 2 threads')])
    expect([one.code, two.code]).toEqual([0, 0])
  })

  test.each([
    [['--beta', '0'], '--beta: got "0", expected a positive number'],
    [['--threads', '0'], '--threads: got "0", expected a whole number of at least 1'],
    [['--chains', '1'], '--chains: got "1", expected a whole number of at least 2'],
    [['--out', 'x.png'], '--out: got "x.png", expected a file name that ends in .html'],
    [['--batch', '1000'], 'batchSize: got 1000, expected at most 100, the observations there are'],
  ])('%j is refused with one line', async (options, message) => {
    const { code, out, err } = await run(...(await regular('wrong', ...options)))
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: `deaddir: ${message}\n` })
  })
})
