import { loadCheckpoint, readInputs, readout, type ReadoutOptions, type Report, reportPage } from '@dead-directions/dead-directions'
import { openPool, type ReadoutTask } from '@dead-directions/parallel'
import { nodeDocument } from '@dead-directions/plot/node'
import { progressLine } from './progress.ts'
import { writeWhole } from './write-whole.ts'

/** What to read and how. */
export interface Reading extends Pick<ReadoutOptions, 'priorOrder' | 'beta' | 'observations'> {
  readonly folder: string
  /** Path of a `.npy` or `.csv` file. */
  readonly inputs: string
  readonly likelihood?: 'gaussian' | 'categorical'
  readonly backend: string
  readonly seed: number
}

/**
 * Reads checkpoints, with progress on standard error: one after the other on this thread, or over worker threads with the same bits.
 *
 * @throws BadInput for what cannot be used, with the folder where there are several
 */
export async function readFolders(readings: readonly Reading[], threads: number): Promise<readonly Report[]> {
  const [only] = readings
  if (only !== undefined && readings.length === 1) return [await readHere(only)]
  if (threads > 1) return readByWorkers(readings, threads)
  const reports: Report[] = []
  for (const reading of readings) reports.push(await readHere(reading).catch(named(reading.folder)))
  return reports
}

async function readHere(reading: Reading): Promise<Report> {
  const { network, parameters, inputs, backend, options } = await opened(reading)
  const progress = progressLine(`reading ${reading.folder}`)
  return readout(network, parameters, inputs, backend, { ...options, onProgress: progress.update }).finally(progress.stop)
}

/** All are opened before the first is read. */
async function readByWorkers(readings: readonly Reading[], threads: number): Promise<readonly Report[]> {
  const tasks: { readonly folder: string; readonly task: ReadoutTask }[] = []
  for (const reading of readings) {
    const { network, parameters, inputs, options } = await opened(reading).catch(named(reading.folder))
    tasks.push({ folder: reading.folder, task: { ...options, network: network.description, parameters, inputs, backend: reading.backend } })
  }
  const progress = progressLine('reading')
  const pool = openPool({ threads })
  let done = 0
  progress.update(0, tasks.length, `${tasks.length} checkpoints on ${threads} threads`)
  const readOne = async (folder: string, task: ReadoutTask): Promise<Report> => {
    const [report] = await pool.map('readout', [task]).catch(named(folder))
    progress.update(++done, tasks.length, folder)
    return report as Report
  }
  try {
    return await Promise.all(tasks.map(({ folder, task }) => readOne(folder, task)))
  } finally {
    progress.stop()
    await pool.close()
  }
}

/** Rejects with the same error, its message after the folder's name. */
function named(folder: string): (error: Error) => never {
  return error => {
    error.message = `${folder}: ${error.message}`
    throw error
  }
}

interface Opened extends Pick<Awaited<ReturnType<typeof loadCheckpoint>>, 'network' | 'parameters' | 'backend'> {
  readonly inputs: ReadoutTask['inputs']
  readonly options: Omit<Reading, 'folder' | 'inputs' | 'likelihood' | 'backend'>
}

async function opened({ folder, inputs, likelihood, backend, ...options }: Reading): Promise<Opened> {
  const loaded = await loadCheckpoint(folder, { backend, ...(likelihood === undefined ? {} : { likelihood }) })
  const width = loaded.network.description.input.reduce((product, n) => product * n, 1)
  return { ...loaded, inputs: await readInputs(inputs, width), options }
}

/** Writes a report as one self-contained HTML page. */
export async function writePage(path: string, report: Report, title: string): Promise<void> {
  await writeWhole(path, reportPage(report, { title, document: nodeDocument() }))
}
