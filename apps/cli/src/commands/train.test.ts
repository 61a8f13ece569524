import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../test/checkpoints.ts'
import { run } from '../../test/run.ts'

const folder = temporaryFolder()

/** A few steps of a small transformer. */
const small = ['--task', 'modular-addition', '--modulus', '7', '--width', '8', '--batch-size', '8', '--checkpoint-every', '4', '--json'] as const

test('a trained chain reads as its closed form says', async () => {
  const out = join(folder(), 'chain')
  const trained = await run('train', '--task', 'deep-linear', '--steps', '400', '--learning-rate', '0.01', '--out', out, '--json')
  expect(trained.code).toBe(0)
  const { checkpoint, inputs, history } = JSON.parse(trained.out)
  expect(history.at(-1).validationLoss).toBeLessThan(1e-3 * history[0].validationLoss)
  const { total } = JSON.parse((await run('read', checkpoint, '--inputs', inputs, '--json')).out)
  const { lambda, multiplicity } = JSON.parse((await run('table', 'dln', '4,4,4,4', '1', '--json')).out)
  expect(total).toMatchObject({ lambda, multiplicity })
})

test('a transformer is trained on tokens and read, its gauges counted and its total refused with a reason', async () => {
  const out = join(folder(), 'transformer')
  const { checkpoint, inputs } = JSON.parse((await run('train', ...small, '--steps', '6', '--out', out)).out)
  const { code, out: text } = await run('read', checkpoint, '--inputs', inputs, '--json')
  expect(code).toBe(0)
  const report = JSON.parse(text)
  expect(report).toMatchObject({ likelihood: 'categorical', samples: 25, total: null, missing: expect.stringContaining('block1.norm1.gamma') })
  expect(report.layers.map(({ name }: { name: string }) => name)).toContain('block1.attention.q')
  expect(report.gauges.length).toBeGreaterThan(0)
})

test('a run goes on where it was, and ends in the bytes of one that never stopped', async () => {
  const [straight, twice] = [join(folder(), 'straight'), join(folder(), 'twice')]
  await run('train', ...small, '--steps', '12', '--out', straight)
  await run('train', ...small, '--steps', '5', '--out', twice)
  const { resumedFrom } = JSON.parse((await run('train', ...small, '--steps', '12', '--out', twice)).out)
  expect(resumedFrom).toBe(5)
  for (const file of ['weights.safetensors', 'optimizer.safetensors', 'network.json']) {
    expect((await readFile(join(twice, 'step-000012', file))).equals(await readFile(join(straight, 'step-000012', file)))).toBe(true)
  }
  const again = JSON.parse((await run('train', ...small, '--steps', '12', '--out', twice)).out)
  expect(again.resumedFrom).toBe(12)
})

test('progress goes to standard error, and the text says how to read the checkpoint', async () => {
  const out = join(folder(), 'text')
  const { code, out: text, err } = await run('train', '--task', 'teacher-student', '--steps', '50', '--out', out)
  expect(code).toBe(0)
  expect(err).toMatch(/100% step 50, loss \S+, validation \S+\n$/)
  expect(text).toContain(`npx deaddir read ${join(out, 'step-000050')} --inputs ${join(out, 'inputs.npy')}\n`)
  expect(text.split('\n').filter(line => line.includes('│'))).toHaveLength(3)
  expect((await readdir(out)).sort()).toEqual(['curve.svg', 'history.jsonl', 'inputs.npy', 'run.json', 'step-000050'])
  expect(await readFile(join(out, 'curve.svg'), 'utf8')).toMatch(/^<svg .*training: \d+ measurements drawn/s)
})

test('another run in the folder is refused in one line', async () => {
  const out = join(folder(), 'refused')
  await run('train', ...small, '--steps', '1', '--out', out)
  const { code, out: text, err } = await run('train', ...small, '--steps', '1', '--seed', '2', '--out', out)
  expect({ code, text }).toEqual({ code: 2, text: '' })
  expect(err).toBe(`deaddir: ${join(out, 'run.json')}.task.seed: got 2, expected 0 as the run in this folder has it, or another folder\n`)
})

describe('a wrong option gets one line and code 2, and no folder is made', () => {
  test.each([
    ['--steps 5', "required option '--task <NAME>' not specified; expected deaddir train --task <NAME> [--optimizer <NAME>] [--steps <N>] [--out <DIR>] [--json] […]"],
    ['--task xor', "option '--task <NAME>' argument 'xor' is invalid. Allowed choices are modular-addition, teacher-student, deep-linear; expected deaddir train --task <NAME> [--optimizer <NAME>] [--steps <N>] [--out <DIR>] [--json] […]"],
    ['--task deep-linear --modulus 7', 'deep-linear.modulus: got 7, expected one of the options width, layers, rank, samples, batchSize, seed'],
    ['--task modular-addition --width 10', 'network.nodes.1.spec.heads: got 4, expected a divisor of the width 10'],
    ['--task deep-linear --steps 0', '--steps: got "0", expected a whole number of at least 1'],
    ['--task deep-linear --learning-rate fast', '--learning-rate: got "fast", expected a number of at least 0'],
    ['--task deep-linear --learning-rate 0', 'optimizer.learningRate: got 0, expected positive'],
  ])('%s', async (line, message) => {
    const out = join(folder(), 'wrong')
    const { code, out: text, err } = await run('train', ...line.split(' '), '--out', out)
    expect({ code, text }).toEqual({ code: 2, text: '' })
    expect(err).toBe(`deaddir: ${message}\n`)
    expect(await readdir(folder())).not.toContain('wrong')
  })
})
