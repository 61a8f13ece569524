import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readInputs, writeNpy } from './inputs.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inputs-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('reads the npy file that it wrote, and the same numbers as csv', async () => {
  const data = Float64Array.of(0.1, 2, -3, 1e-300)
  await writeNpy(join(folder, 'x.npy'), 2, 2, data)
  await writeFile(join(folder, 'x.CSV'), '0.1,2\n-3,1e-300\n')
  expect(await readdir(folder)).toEqual(['x.CSV', 'x.npy'])
  expect(await readInputs(join(folder, 'x.npy'), 2)).toEqual({ rows: 2, cols: 2, data })
  expect(await readInputs(join(folder, 'x.CSV'), 2)).toEqual({ rows: 2, cols: 2, data })
})

test('names the file, what came and what was expected', async () => {
  const path = join(folder, 'x.npy')
  await writeNpy(path, 1, 5, new Float64Array(5))
  await expect(readInputs(path, 4)).rejects.toThrow(`inputs ${path} columns: got 5, expected 4`)
  await expect(readInputs(join(folder, 'no.csv'), 4)).rejects.toThrow('no.csv: got nothing, expected a file that can be read')
  await expect(readInputs(join(folder, 'x.txt'), 4)).rejects.toThrow('x.txt: got ".txt", expected a .npy or .csv file')
})

test('a file that cannot be replaced stays, and nothing is left beside it', async () => {
  await writeNpy(join(folder, 'x.npy'), 1, 1, Float64Array.of(7))
  await expect(writeNpy(join(folder, 'x.npy', 'y.npy'), 1, 1, Float64Array.of(1))).rejects.toThrow()
  await expect(writeNpy(join(folder, 'x.npy'), 2, 2, Float64Array.of(1))).rejects.toThrow('npy data length')
  expect((await readInputs(join(folder, 'x.npy'), 1)).data).toEqual(Float64Array.of(7))
  expect(await readdir(folder)).toEqual(['x.npy'])
})
