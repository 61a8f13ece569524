import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { nodeBackend } from '@dead-directions/backend-node'
import { readCheckpoint, readInputs } from '@dead-directions/checkpoint'
import { buildNetwork, checkParameters } from '@dead-directions/network'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { primitives } from '../test/primitives.ts'
import { smallRun } from '../test/small-run.ts'
import { readHistory, type RunOptions, trainInFolder } from './run-folder.ts'

let place = ''
let whole = ''
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'training-'))
  whole = join(place, 'whole')
  await nodeBackend.install()
  await run(smallRun(whole))
})
afterAll(() => rm(place, { recursive: true, force: true }))

async function run(options: RunOptions): Promise<readonly (string | null)[]> {
  const checkpoints: (string | null)[] = []
  for await (const { checkpoint } of trainInFolder(options)) checkpoints.push(checkpoint)
  return checkpoints
}

/** Every file below a folder with its bytes. */
async function contents(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  return Object.fromEntries(await Promise.all(files.sort().map(async file => [file.slice(folder.length), await readFile(file, 'latin1')] as const)))
}

/** Starts the small run as a program. */
function started(folder: string): ChildProcess {
  const root = resolve(import.meta.dirname, '..', '..', '..')
  return spawn(join(root, 'node_modules', '.bin', 'node'), ['--conditions=@dead-directions/source', resolve(import.meta.dirname, '..', 'test', 'small-run.ts'), folder], { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
}

/** Kills the run, and whatever started it, once it says a step. */
async function killedAt(child: ChildProcess, step: number): Promise<void> {
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    if (text.split('\n').includes(String(step))) process.kill(-(child.pid as number), 'SIGKILL')
  })
  const [code, signal] = await once(child, 'exit')
  expect({ code, signal }).toEqual({ code: null, signal: 'SIGKILL' })
}

test('a process killed again and again ends in the bytes of one that never was', async () => {
  const folder = join(place, 'killed')
  // Before the first checkpoint, and at one.
  for (const step of [4, 18]) await killedAt(started(folder), step)
  const last = started(folder)
  expect(await once(last, 'exit')).toEqual([0, null])
  const [found, expected] = [await contents(folder), await contents(whole)]
  expect(Object.keys(found)).toEqual(Object.keys(expected))
  expect(Object.keys(expected).filter(file => found[file] !== expected[file])).toEqual([])
})

test('what a kill leaves half written is cleared away', async () => {
  const folder = join(place, 'half')
  await run({ ...smallRun(folder), steps: 12 })
  await cp(join(folder, 'step-000012'), join(folder, '.step-18.99.part'), { recursive: true })
  await writeFile(join(folder, '.step-18.99.part', 'weights.safetensors'), 'half')
  await appendFile(join(folder, 'history.jsonl'), '{"step":13,"trainLoss":1}\n{"step":14,"tra')
  await writeFile(join(folder, '.run.json.99.part'), '{')
  await run(smallRun(folder))
  // The run that ended at step 12 read its validation sample there too.
  expect({ ...(await contents(folder)), '/history.jsonl': '' }).toEqual({ ...(await contents(whole)), '/history.jsonl': '' })
  expect((await readHistory(folder)).map(({ step }) => step)).toEqual(Array.from({ length: 28 }, (_, i) => i + 1))
})

test('a finished run does nothing more', async () => {
  const before = await contents(whole)
  expect(await run(smallRun(whole))).toEqual([])
  expect(await contents(whole)).toEqual(before)
})

test('every checkpoint is a network that a readout can load, with inputs that fit', async () => {
  const steps = (await readdir(whole)).filter(name => name.startsWith('step-')).sort()
  expect(steps).toEqual([6, 12, 18, 24, 28].map(step => `step-0000${String(step).padStart(2, '0')}`))
  const { network, tensors } = await readCheckpoint(join(whole, steps.at(-1) as string))
  expect(network).toEqual(smallRun(whole).task.network)
  expect(Object.keys(checkParameters(buildNetwork(network, primitives), tensors)).length).toBe(tensors.size)
  const { rows, cols, data } = await readInputs(join(whole, 'inputs.npy'), 3)
  expect({ rows, cols }).toEqual({ rows: smallRun(whole).task.training.targets.shape[0], cols: 3 })
  expect(data.every(token => token >= 0 && token <= 7)).toBe(true)
})

test('another run in the folder is refused by the first option that differs, and nothing changes', async () => {
  const before = await contents(whole)
  const [same, file] = [smallRun(whole), join(whole, 'run.json')]
  await expect(run({ ...same, optimizer: { ...same.optimizer, name: 'adamw' } })).rejects.toThrow(`${file}.optimizer.name: got "adamw", expected "ddcadam" as the run in this folder has it`)
  await expect(run({ ...same, task: { ...same.task, options: { ...same.task.options, seed: 4 } } })).rejects.toThrow(`${file}.task.seed: got 4, expected 3`)
  await expect(run({ ...same, seed: 6 })).rejects.toThrow(`${file}.seed: got 6, expected 5`)
  expect(await contents(whole)).toEqual(before)
})

test('a folder with something else in it is refused, and stays as it was', async () => {
  const folder = join(place, 'other')
  await mkdir(folder)
  await writeFile(join(folder, 'notes.part'), 'mine')
  await expect(run(smallRun(folder))).rejects.toThrow('got "notes.part", expected an empty folder or one with a run.json')
  expect(await contents(folder)).toEqual({ '/notes.part': 'mine' })
})

test('a place where no folder can be is refused, and so are options before a folder is made', async () => {
  const file = join(place, 'file')
  await writeFile(file, '')
  await expect(run(smallRun(join(file, 'run')))).rejects.toThrow('got "ENOTDIR", expected a folder, or a place where one can be made')
  const none = join(place, 'none')
  await expect(run({ ...smallRun(none), checkpointEvery: 0 })).rejects.toThrow('checkpointEvery: got 0, expected a whole number of at least 1')
  await expect(run({ ...smallRun(none), optimizer: { name: 'sgd', learningRate: -1 } })).rejects.toThrow('optimizer.learningRate: got -1')
  expect(await readdir(place)).not.toContain('none')
})
