import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readCheckpoint, writeCheckpoint } from '@dead-directions/checkpoint'
import { encodeSafetensors, parseSafetensors } from '@dead-directions/checkpoint/bytes'
import { BadInput, type NetworkDescription } from '@dead-directions/registry'
import type { TrainingRecord } from './train.ts'
import type { TrainingState } from './trainee.ts'

const optimizerFile = 'optimizer.safetensors'
const historyFile = 'history.jsonl'
const half = /^\.(step-\d+|run\.json|history\.jsonl|inputs\.npy)\..*(part|tmp)$/

/** Where a run's checkpoint of a step is: `step-000200`. */
export function checkpointFolder(folder: string, step: number): string {
  return join(folder, `step-${String(step).padStart(6, '0')}`)
}

/** Steps of the checkpoints in a run's folder, in order. */
export async function checkpointSteps(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder)
  return names.flatMap(name => /^step-(\d{6,})$/.exec(name)?.[1] ?? []).map(Number).sort((a, b) => a - b)
}

/** Writes a checkpoint as a hidden folder and renames it, so that one of its name is always whole. */
export async function writeState(folder: string, network: NetworkDescription, { step, parameters, optimizer }: TrainingState): Promise<string> {
  const place = checkpointFolder(folder, step)
  const beside = join(folder, `.step-${step}.${process.pid}.part`)
  await writeCheckpoint(beside, { network, tensors: new Map(Object.entries(parameters)) })
  await writeFile(join(beside, optimizerFile), encodeSafetensors(optimizer), { flush: true })
  await rename(beside, place)
  return place
}

export async function readState(folder: string, step: number): Promise<TrainingState> {
  const place = checkpointFolder(folder, step)
  const { tensors } = await readCheckpoint(place)
  const file = join(place, optimizerFile)
  return { step, parameters: Object.fromEntries(tensors), optimizer: parseSafetensors(await readFile(file), file) }
}

/** Removes what a killed process left half written. */
export async function removeParts(folder: string): Promise<void> {
  const names = await readdir(folder)
  await Promise.all(names.filter(name => half.test(name)).map(name => rm(join(folder, name), { recursive: true })))
}

/** Writes a file beside its place and renames it. */
export async function replaceText(folder: string, name: string, text: string): Promise<void> {
  const beside = join(folder, `.${name}.${process.pid}.part`)
  await writeFile(beside, text, { flush: true })
  await rename(beside, join(folder, name))
}

/** Adds a record to a run's history. */
export async function appendRecord(folder: string, record: TrainingRecord): Promise<void> {
  await appendFile(join(folder, historyFile), `${JSON.stringify(record)}\n`)
}

/** The history up to a step, without the line that a killed process left half written. */
export async function recordsUpTo(folder: string, step: number): Promise<readonly TrainingRecord[]> {
  const text = await readFile(join(folder, historyFile), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const lines = text.split('\n').slice(0, -1)
  return lines.map(line => JSON.parse(line) as TrainingRecord).filter(record => record.step <= step)
}

/** Has the history end with a step. */
export async function cutHistory(folder: string, step: number): Promise<void> {
  const records = await recordsUpTo(folder, step)
  await replaceText(folder, historyFile, records.map(record => `${JSON.stringify(record)}\n`).join(''))
}

/** @throws BadInput when something other than a folder is in the way, or none can be made */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new BadInput(folder, error.code, 'a folder, or a place where one can be made')
  })
}
