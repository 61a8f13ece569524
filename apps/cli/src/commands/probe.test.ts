import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { main } from '../main.ts'

let folder = ''
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'probe-'))))
afterAll(() => rm(folder, { recursive: true }))

interface Row {
  readonly node: string
  readonly quantity: 'forward' | 'backward'
  readonly predicted: number | null
  readonly measured: number | null
  readonly standardError: number | null
  readonly window: readonly [number, number] | null
}

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation(text => ((out += String(text)), true))
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation(text => ((err += String(text)), true))
  try {
    return { code: await main(argv), out, err }
  } finally {
    stdout.mockRestore()
    stderr.mockRestore()
  }
}

async function rows(...argv: string[]): Promise<readonly Row[]> {
  const { code, out } = await run('probe', ...argv, '--json')
  expect(code).toBe(0)
  return (JSON.parse(out) as { rows: Row[] }).rows
}

const of = (all: readonly Row[], quantity: Row['quantity']): readonly (number | null)[] => all.filter(row => row.quantity === quantity).map(({ measured }) => (measured === null ? null : Math.round(measured * 20) / 20))

describe('deaddir probe', () => {
  test('SwiGLU chains compound: 3, 9, 21 forward', async () => {
    expect(of(await rows('swiglu', '--depth', '3'), 'forward')).toEqual([3, 9, 21])
  })

  test('attention chains saturate: min(4k, 4p + 8) backward', async () => {
    expect(of(await rows('attention', '--depth', '4'), 'backward')).toEqual([8, 8, 4, 0])
    expect(of(await rows('attention', '--depth', '6'), 'backward')).toEqual([8, 12, 12, 8, 4, 0])
  })

  test('rows cover every node, both ways, with prediction, error and window', async () => {
    const all = await rows('mlp', '--depth', '5', '--width', '6')
    expect(all).toHaveLength(10)
    for (const { predicted, measured, standardError, window } of all) {
      expect(Math.abs((predicted as number) - (measured as number))).toBeLessThan(0.05)
      expect(standardError).toBeGreaterThanOrEqual(0)
      expect((window as readonly [number, number])[0]).toBeLessThan((window as readonly [number, number])[1])
    }
  })

  test('takes a configuration from a file', async () => {
    const spec = join(folder, 'spec.json')
    await writeFile(spec, JSON.stringify({ widths: [4, 4, 4, 4], activation: 'relu' }))
    expect(of(await rows('mlp', '--depth', '2', '--spec', spec), 'forward')).toEqual([3, 6])
  })

  test('writes a page with a figure of all rates and one of the network', async () => {
    const page = join(folder, 'linear.html')
    const { code, out } = await run('probe', 'linear', '--report', page)
    expect(code).toBe(0)
    expect(out).toContain('linear chain of 3')
    expect((await readFile(page, 'utf8')).match(/<svg/g)).toHaveLength(2)
  })

  test.each([
    [['probe', 'conv'], 'NAME: got "conv", expected one of'],
    [['probe'], 'NAME: got nothing, expected the name of a primitive or --all'],
    [['probe', 'mlp', '--all'], 'NAME: got "mlp" beside --all'],
    [['probe', '--all', '--depth', '3'], '--all: got "with --depth or --spec"'],
    [['probe', 'mlp', '--depth', '0'], '--depth: got "0", expected a whole number of at least 1'],
    [['probe', 'embedding', '--depth', '3'], 'do not follow each other'],
    [['probe', 'mlp', '--report', join('nowhere', 'page.html')], '--report'],
  ])('%j is bad input in one line', async (argv, message) => {
    const { code, out, err } = await run(...argv)
    expect(code).toBe(2)
    expect(out).toBe('')
    const lines = err.trim().split('\n')
    expect(lines.at(-1)).toContain(message)
  })
})

test('every primitive agrees with its rules in all its studies, and only LayerNorm has a kernel', async () => {
  const { code, out } = await run('probe', '--all', '--json')
  expect(code).toBe(0)
  const { rows: all, kernels } = JSON.parse(out) as { rows: (Row & { disagreement: string | null })[]; kernels: { primitive: string; label: string | null; smallest: number; overlap: number | null }[] }
  expect(all.length).toBeGreaterThan(200)
  expect(all.filter(({ disagreement }) => disagreement !== null)).toEqual([])
  const norm = kernels.find(({ primitive }) => primitive === 'layernorm')
  expect(norm?.smallest).toBeLessThan(1e-12)
  expect(norm?.overlap).toBeCloseTo(1, 9)
  expect(kernels.find(({ primitive }) => primitive === 'rmsnorm')?.smallest).toBeGreaterThan(0.1)
})
