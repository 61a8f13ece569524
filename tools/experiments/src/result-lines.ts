import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { BadInput } from '@dead-directions/registry'
import type { Line } from './experiment.ts'

/** The results of finished cells, a JSON line each. */
export interface ResultLines {
  /** The line of a cell, where it has run. */
  of(cell: object): Line | undefined
  add(line: Line): Promise<void>
}

/**
 * Opens a results file, made where there is none. What a killed run left of its last line is cut off.
 *
 * @throws BadInput for a whole line that is no result
 */
export async function openResultLines(path: string): Promise<ResultLines> {
  await mkdir(dirname(path), { recursive: true })
  const text = await readFile(path, 'utf8').catch(() => '')
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole !== text) await writeWhole(path, whole)
  const known = new Map(whole.split('\n').slice(0, -1).map((line, i) => entry(line, `${path} line ${i + 1}`)))
  return {
    of: cell => known.get(JSON.stringify(cell)),
    async add(line) {
      await appendFile(path, `${JSON.stringify(line)}\n`)
      known.set(JSON.stringify(line.cell), line)
    },
  }
}

/** Writes a file beside its place and renames it, so that nobody ever sees half of it. */
export async function writeWhole(path: string, content: string): Promise<void> {
  await writeFile(`${path}.part`, content)
  await rename(`${path}.part`, path)
}

function entry(text: string, field: string): readonly [string, Line] {
  const expected = 'a JSON object with a cell and a result'
  const line = parsed(text)
  if (typeof line !== 'object' || line === null || !('cell' in line) || !('result' in line)) throw new BadInput(field, text, expected)
  return [JSON.stringify(line.cell), line as Line]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
