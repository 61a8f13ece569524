import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What came of running one sample's file. */
export interface Outcome {
  readonly file: string
  /** Why it failed, or `null`. */
  readonly error: string | null
}

/** Loading TensorFlow.js costs more than most samples, so they share processes. */
const PROCESSES = 2

/**
 * Runs samples from source, several to a process, each in a fresh copy of a folder with the files that samples read.
 *
 * @param node the Node to run them in
 * @param fixture folder whose content every sample finds in its working directory
 * @param folder where the lists and the outcomes of the processes go
 */
export async function runSamples(node: string, files: readonly string[], fixture: string, folder: string): Promise<readonly Outcome[]> {
  const batches = Array.from({ length: PROCESSES }, (_, batch) => files.filter((_, i) => i % PROCESSES === batch))
  const outcomes = await Promise.all(batches.map((batch, i) => runBatch(node, batch, fixture, join(folder, `batch-${i}`))))
  return outcomes.flat()
}

async function runBatch(node: string, files: readonly string[], fixture: string, path: string): Promise<readonly Outcome[]> {
  writeFileSync(`${path}.json`, JSON.stringify({ files, fixture }))
  writeFileSync(`${path}.out`, '')
  const runner = join(import.meta.dirname, 'run-batch.ts')
  const failure = await new Promise<string>(resolve => {
    execFile(node, ['--conditions=@dead-directions/source', runner, path], { timeout: 250_000 }, (error, _stdout, stderr) => resolve(error === null ? 'ended before it' : `${error.message.split('\n')[0]} ${stderr.slice(-300)}`))
  })
  const done = readFileSync(`${path}.out`, 'utf8').split('\n').filter(line => line !== '').map(line => JSON.parse(line) as Outcome)
  return files.map(file => done.find(outcome => outcome.file === file) ?? { file, error: `its process ${failure}` })
}
