import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeNpy } from '@dead-directions/checkpoint'
import { parseJson } from '@dead-directions/checkpoint/bytes'
import { BadInput } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { appendRecord, checkpointSteps, cutHistory, makeFolder, readState, recordsUpTo, removeParts, replaceText, writeState } from './run-files.ts'
import { rowsOf, type Task } from './task.ts'
import { preparedRun, train, type TrainingOptions, type TrainingRecord } from './train.ts'

/** What to train, where, and how often to keep it. */
export interface RunOptions extends Omit<TrainingOptions, 'resumeFrom'> {
  /** Made if it is not there; a run that is there goes on where its last checkpoint is. */
  readonly folder: string
  /** Steps between checkpoints; the last step is always one. Default 100. */
  readonly checkpointEvery?: number
}

/** A record of a run, and the folder of its checkpoint where one was written at this step. */
export interface RunRecord extends TrainingRecord {
  readonly checkpoint: string | null
}

/** Samples in `inputs.npy`, which a readout looks at. */
const PROBES = 64

/**
 * Trains in a folder and keeps what a readout and a later resumption need: `run.json`, `inputs.npy`, `history.jsonl`, and
 * for every checkpoint a folder such as `step-000200` with the network, its weights and the optimizer's state, in float64.
 * Checkpoints are written beside their places and renamed: a run killed at any moment goes on with the same options, and
 * ends in the bytes of one that never stopped.
 *
 * @throws BadInput when another run is in the folder, naming the first option that differs
 * @example
 * import { nodeBackend, presetRegistry } from '@dead-directions/dead-directions'
 * import { teacherStudent } from '@dead-directions/training'
 * import { trainInFolder } from '@dead-directions/training/node'
 *
 * await nodeBackend.install()
 * const run = { folder: 'runs/example', task: teacherStudent(), registry: presetRegistry(), optimizer: { name: 'ddcadam' }, steps: 20 } as const
 * for await (const { step, trainLoss, checkpoint } of trainInFolder(run)) {
 *   if (checkpoint !== null) console.log(step, trainLoss, checkpoint) // runs/example/step-000020
 * }
 */
export async function* trainInFolder({ folder, checkpointEvery = 100, ...options }: RunOptions): AsyncGenerator<RunRecord, void> {
  if (!Number.isSafeInteger(checkpointEvery) || checkpointEvery < 1) throw new BadInput('checkpointEvery', checkpointEvery, 'a whole number of at least 1')
  await openRun(folder, options)
  const last = (await checkpointSteps(folder)).at(-1)
  await cutHistory(folder, last ?? 0)
  const resumed = last === undefined ? {} : { resumeFrom: await readState(folder, last) }
  for await (const { state, ...record } of train({ ...options, ...resumed })) {
    await appendRecord(folder, record)
    const isKept = record.step % checkpointEvery === 0 || record.step === options.steps
    const checkpoint = isKept ? await writeState(folder, options.task.network, await state()) : null
    yield { ...record, checkpoint }
  }
}

/** The records of a run up to its last checkpoint. */
export async function readHistory(folder: string): Promise<readonly TrainingRecord[]> {
  return recordsUpTo(folder, (await checkpointSteps(folder)).at(-1) ?? 0)
}

/** Makes the folder of a run, or checks that it is this run's. */
async function openRun(folder: string, options: Omit<TrainingOptions, 'resumeFrom'>): Promise<void> {
  const { task } = options
  const { settings, seed, validateEvery } = preparedRun(options)
  const configuration = { format: 'dead-directions/run', version: 1, task: { name: task.name, ...task.options }, optimizer: settings, seed, validateEvery, backend: tf.getBackend() }
  await makeFolder(folder)
  await removeParts(folder)
  const names = await readdir(folder)
  const file = join(folder, 'run.json')
  if (names.includes('run.json')) return checkSame(parseJson(await readFile(file), file), configuration, file)
  const other = names.find(name => name !== 'inputs.npy')
  if (other !== undefined) throw new BadInput(folder, other, 'an empty folder or one with a run.json')
  await writeProbes(join(folder, 'inputs.npy'), task)
  await replaceText(folder, 'run.json', `${JSON.stringify(configuration, null, 2)}\n`)
}

async function writeProbes(path: string, { training }: Task): Promise<void> {
  const rows = Math.min(PROBES, training.targets.shape[0] as number)
  const { inputs } = rowsOf(training, Int32Array.from({ length: rows }, (_, i) => i))
  await writeNpy(path, rows, inputs.data.length / rows, inputs.data)
}

function checkSame(there: unknown, asked: unknown, field: string): void {
  if (typeof asked !== 'object' || asked === null) {
    if (there !== asked) throw new BadInput(field, asked, `${JSON.stringify(there)} as the run in this folder has it, or another folder`)
    return
  }
  const known = typeof there === 'object' && there !== null ? (there as Record<string, unknown>) : {}
  for (const [name, value] of Object.entries(asked)) checkSame(known[name], value, `${field}.${name}`)
}
