import { constants } from 'node:fs'
import { access, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Checks, before any long work, that a file can be written at `path`.
 *
 * @param field what the path is called in an error
 * @param extension its name must end in
 * @throws RangeError naming the field, what came and what was expected
 */
export async function checkPlace(field: string, path: string, extension: string): Promise<void> {
  const wrong = (expected: string): RangeError => new RangeError(`${field}: got ${JSON.stringify(path)}, expected ${expected}`)
  if (!path.endsWith(extension)) throw wrong(`a file name that ends in ${extension}`)
  const there = await stat(path).catch(() => null)
  if (there !== null && !there.isFile()) throw wrong('a file')
  const folder = await stat(dirname(path)).catch(() => null)
  if (folder === null || !folder.isDirectory()) throw wrong('a file in a folder that exists')
  await access(dirname(path), constants.W_OK).catch(() => {
    throw wrong('a file in a folder that can be written')
  })
}

/** Writes a file beside its place and renames it, so that nobody ever sees half of it. */
export async function writeWhole(path: string, content: string): Promise<void> {
  const beside = `${path}.${process.pid}.part`
  try {
    await writeFile(beside, content)
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}
