import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeFixture } from '../../test/fixture.ts'
import { agrees, type DroppedFile, unwatched } from '../shell/reading.ts'
import { compute } from './model.ts'

const state = { depth: 3, distance: 0.01, samples: 32, seed: 1 }

test.each([2, 3, 4])('reads λ, m and k of the built-in chain of %i layers as the closed form has them', async depth => {
  const { lines } = await compute({ ...state, depth }, unwatched, [])
  expect(lines.map(agrees)).toEqual([true, true, true])
})

async function dropped(folder: string): Promise<DroppedFile[]> {
  const names = await readdir(folder)
  return Promise.all(names.map(async name => ({ path: `student/${name}`, bytes: new Uint8Array(await readFile(join(folder, name))) })))
}

test('offers the report as one page that asks for nothing, with a chart of each kind', async () => {
  const { page } = await compute(state, unwatched, [])
  expect(page?.html).toMatch(/^<!doctype html>/i)
  for (const title of ['Fisher form and divergence along the path', 'Local slopes', 'Rates of the factors', 'Activations', 'Output gradients']) expect(page?.html).toContain(title)
  expect(page?.html).not.toMatch(/(?:src|href)="https?:/)
})

test('reads a folder with its inputs, and names a file that is missing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dropped-'))
  await writeFixture(folder)
  const files = await dropped(join(folder, 'runs', 'student'))
  await rm(folder, { recursive: true })
  const { report, notes } = await compute(state, unwatched, files)
  expect(report.samples).toBe(64)
  expect(notes?.[0]).toBe(`3 files read in this page: ${files.map(({ path }) => path).join(', ')}.`)
  await expect(async () => compute(state, unwatched, files.filter(({ path }) => !path.endsWith('safetensors')))).rejects.toThrow('weights.safetensors')
  await expect(async () => compute(state, unwatched, files.slice(0, 0).concat({ path: 'notes.txt', bytes: new Uint8Array() }))).rejects.toThrow('model.json')
})
