import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkPlace, writeWhole } from './write-whole.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deaddir-write-'))
  await mkdir(join(folder, 'taken.html'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a write that fails leaves nothing beside its place', async () => {
  await expect(writeWhole(join(folder, 'taken.html'), 'page')).rejects.toThrow('EISDIR')
  expect(await readdir(folder)).toEqual(['taken.html'])
})

test('a write replaces what was there', async () => {
  const place = join(folder, 'page.html')
  await writeWhole(place, 'first')
  await writeWhole(place, 'second')
  expect(await readFile(place, 'utf8')).toBe('second')
  expect((await readdir(folder)).sort()).toEqual(['page.html', 'taken.html'])
})

test('a place is refused before the work when nothing can be written there', async () => {
  const check = (name: string): Promise<void> => checkPlace('--report', join(folder, name), '.html')
  await expect(check('page.html')).resolves.toBeUndefined()
  await expect(check('taken.html')).rejects.toThrow('expected a file')
  await expect(check('none/page.html')).rejects.toThrow('expected a file in a folder that exists')
  await expect(check('page.htm')).rejects.toThrow('expected a file name that ends in .html')
})
