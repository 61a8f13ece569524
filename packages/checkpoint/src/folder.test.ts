import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BadInput } from '@dead-directions/registry'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inside, readBytes, replaceFiles } from './folder.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'folder-'))
})
afterEach(() => rm(folder, { recursive: true }))

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test('replaces files, makes folders on the way, and leaves nothing beside them', async () => {
  await writeFile(join(folder, 'a'), 'old')
  await replaceFiles(
    new Map([
      [join(folder, 'a'), bytes('new')],
      [join(folder, 'deep/er/b'), bytes('b')],
    ]),
  )
  expect(await readFile(join(folder, 'a'), 'utf8')).toBe('new')
  expect(await readFile(join(folder, 'deep/er/b'), 'utf8')).toBe('b')
  expect(await readdir(folder)).toEqual(['a', 'deep'])
})

test('leaves every file as it was when the last cannot be written', async () => {
  await writeFile(join(folder, 'a'), 'old')
  await mkdir(join(folder, 'b'))
  const write = replaceFiles(
    new Map([
      [join(folder, 'a'), bytes('new')],
      [join(folder, 'b'), bytes('b')],
    ]),
  )
  await expect(write).rejects.toThrow(`${join(folder, 'b')}: got "a folder", expected a file`)
  expect(await readFile(join(folder, 'a'), 'utf8')).toBe('old')
  expect(await readdir(folder)).toEqual(['a', 'b'])
})

test('leaves every file as it was when a folder on the way is a file', async () => {
  await writeFile(join(folder, 'a'), 'old')
  const write = replaceFiles(
    new Map([
      [join(folder, 'a'), bytes('new')],
      [join(folder, 'a/b'), bytes('b')],
    ]),
  )
  await expect(write).rejects.toThrow(`${join(folder, 'a')}: got "a file", expected a folder`)
  expect(await readFile(join(folder, 'a'), 'utf8')).toBe('old')
  expect(await readdir(folder)).toEqual(['a'])
})

test('leaves every file as it was when a write fails after another has been written', async () => {
  await writeFile(join(folder, 'a'), 'old')
  const long = join(folder, 'b'.repeat(250))
  const write = replaceFiles(
    new Map([
      [join(folder, 'a'), bytes('new')],
      [long, bytes('b')],
    ]),
  )
  await expect(write).rejects.toThrow(new BadInput(long, 'ENAMETOOLONG', 'a place that can be written'))
  expect(await readFile(join(folder, 'a'), 'utf8')).toBe('old')
  expect(await readdir(folder)).toEqual(['a'])
})

test('names a file that is not there, and a folder in its place', async () => {
  await expect(readBytes(join(folder, 'no'))).rejects.toThrow(new BadInput(join(folder, 'no'), undefined, 'a file that can be read'))
  await expect(readBytes(folder)).rejects.toThrow(`${folder}: got "a folder", expected a file`)
  await expect(readBytes(`${folder}\0`)).rejects.toThrow(BadInput)
})

test('a path stays in its folder', async () => {
  const inner = join(folder, 'inner')
  await mkdir(join(inner, 'sub'), { recursive: true })
  await writeFile(join(folder, 'secret'), '')
  await writeFile(join(inner, '..w'), '')
  await writeFile(join(inner, 'sub', 'w'), '')
  await symlink('../secret', join(inner, 'link'))
  await symlink('..', join(inner, 'up'))
  await symlink('sub/w', join(inner, 'good'))
  expect(await inside(inner, '..w', 'f')).toBe(join(inner, '..w'))
  expect(await inside(inner, 'sub/w', 'f')).toBe(join(inner, 'sub', 'w'))
  expect(await inside(inner, 'good', 'f')).toBe(join(inner, 'good'))
  for (const path of ['../secret', 'sub/../../secret', join(folder, 'secret'), 'link', 'up/secret', '..\\secret', 'C:\\secret']) {
    await expect(inside(inner, path, 'f')).rejects.toThrow(`f: got ${JSON.stringify(path)}, expected the relative path of a file`)
  }
})
