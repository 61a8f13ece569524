import { loadCheckpoint, readInputs, readout, type Report, reportPage } from '@dead-directions/dead-directions'
import { nodeDocument } from '@dead-directions/plot/node'
import { progressLine } from './progress.ts'
import { writeWhole } from './write-whole.ts'

/** What to read and how. */
export interface Reading {
  readonly folder: string
  /** Path of a `.npy` or `.csv` file. */
  readonly inputs: string
  readonly likelihood?: 'gaussian' | 'categorical'
  readonly backend: string
  readonly seed: number
}

/** Reads a checkpoint's folder and its inputs, with progress on standard error; throws BadInput for what cannot be used. */
export async function readFolder({ folder, inputs, likelihood, backend, seed }: Reading): Promise<Report> {
  const loaded = await loadCheckpoint(folder, { backend, ...(likelihood === undefined ? {} : { likelihood }) })
  const width = loaded.network.description.input.reduce((product, n) => product * n, 1)
  const sample = await readInputs(inputs, width)
  const progress = progressLine(`reading ${folder}`)
  return readout(loaded.network, loaded.parameters, sample, loaded.backend, { seed, onProgress: progress.update }).finally(progress.stop)
}

/** Writes a report as one self-contained HTML page. */
export async function writePage(path: string, report: Report, title: string): Promise<void> {
  await writeWhole(path, reportPage(report, { title, document: nodeDocument() }))
}
