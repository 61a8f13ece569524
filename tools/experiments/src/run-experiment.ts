import { join } from 'node:path'
import type { Experiment, Line, Size, Summary } from './experiment.ts'
import { openResultLines, writeWhole } from './result-lines.ts'
import { reportText } from './report-text.ts'
import { reportPage } from './report-page.ts'

/** How a run is made. */
export interface RunOptions extends Size {
  /** Where `results.jsonl`, `summary.txt` and `report.html` go. */
  readonly folder: string
  /** After so many minutes no further cell is begun, and those that are done are summed up. */
  readonly minutes?: number
  /** Called before every cell, as it goes on, and at the end. */
  onProgress?(done: number, total: number, label: string): void
}

/** A finished run. */
export interface Outcome {
  readonly lines: readonly Line[]
  readonly summary: Summary
}

/**
 * Runs every cell that the folder has no result of, one after the other, then sums up all of them. A run that was killed goes
 * on where it stopped and ends with the same lines. Cells without a result are left out of the summary.
 *
 * @throws BadInput when the folder's results cannot be read
 */
export async function runExperiment(experiment: Experiment, { folder, minutes = Infinity, onProgress, ...size }: RunOptions): Promise<Outcome> {
  const cells = experiment.cells(size)
  const end = Date.now() + 60_000 * minutes
  const results = await openResultLines(join(folder, 'results.jsonl'))
  for (const [i, cell] of cells.entries()) {
    if (results.of(cell) !== undefined || Date.now() >= end) continue
    const label = experiment.label(cell)
    onProgress?.(i, cells.length, label)
    const result = await experiment.run(cell, share => onProgress?.(i + share, cells.length, label))
    await results.add({ cell, result })
  }
  // Read back as they stand in the file, so that a resumed run sums up what a whole one does.
  const lines = cells.flatMap(cell => results.of(cell) ?? []).map(line => JSON.parse(JSON.stringify(line)) as Line)
  onProgress?.(lines.length, cells.length, lines.length === cells.length ? 'done' : 'out of time')
  const summary = experiment.summarise(lines)
  await writeWhole(join(folder, 'summary.txt'), reportText(experiment, summary))
  await writeWhole(join(folder, 'report.html'), reportPage(experiment, summary, lines))
  return { lines, summary }
}
