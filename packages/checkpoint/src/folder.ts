import { randomUUID } from 'node:crypto'
import { mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, sep, win32 } from 'node:path'
import { BadInput } from '@dead-directions/registry'

const readAtOnce = 2 ** 31 - 1
const writable = 'a place that can be written'

/**
 * The size of the regular file at `path` in bytes.
 *
 * @throws BadInput when nothing readable is there, or something that is no file
 */
export async function fileSize(path: string): Promise<number> {
  const found = await onDisk(path, () => stat(path))
  if (!found.isFile()) throw new BadInput(path, found.isDirectory() ? 'a folder' : 'a device or pipe', 'a file')
  return found.size
}

/** @throws BadInput when the file cannot be read */
export async function readBytes(path: string): Promise<Uint8Array> {
  const size = await fileSize(path)
  if (size > readAtOnce) throw new BadInput(`${path} size`, size, `at most ${readAtOnce} bytes`)
  return onDisk(path, () => readFile(path))
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/**
 * The place of a file that another file names by a path relative to `folder`.
 *
 * @throws BadInput when it leaves the folder: an absolute path, `..`, or a link out of it
 */
export async function inside(folder: string, path: string, field: string): Promise<string> {
  const refusal = new BadInput(field, path, 'the relative path of a file in the same folder')
  if (isAbsolute(path) || win32.isAbsolute(path) || path.split(/[\\/]/).includes('..')) throw refusal
  const target = join(folder, path)
  await fileSize(target)
  const way = relative(await realpath(folder), await realpath(target))
  if (isAbsolute(way) || way.split(sep)[0] === '..') throw refusal
  return target
}

/**
 * Writes files beside their places and renames them, in the order given, once all are written:
 * a write that fails leaves what was there.
 *
 * @param files place and content of each
 * @throws BadInput when something other than a file stands in a place, or it cannot be written
 */
export async function replaceFiles(files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const written = new Map<string, string>()
  try {
    for (const [path, bytes] of files) {
      await makeFolder(dirname(path))
      if (await exists(path)) await fileSize(path)
      // Longer than the name it stands for, so that a name too long for the disk fails here and not at the renames.
      const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`)
      written.set(temporary, path)
      await onDisk(path, () => writeFile(temporary, bytes, { flag: 'wx', flush: true }), writable)
    }
    for (const [temporary, path] of written) await onDisk(path, () => rename(temporary, path), writable)
  } finally {
    // The error to report is the write's, not that of clearing up after it.
    await Promise.allSettled(Array.from(written.keys(), temporary => rm(temporary, { force: true })))
  }
}

async function makeFolder(path: string): Promise<void> {
  if ((await exists(path)) && !(await stat(path)).isDirectory()) throw new BadInput(path, 'a file', 'a folder')
  await onDisk(path, () => mkdir(path, { recursive: true }), 'a folder that can be made')
}

async function onDisk<T>(path: string, operation: () => Promise<T>, expected = 'a file that can be read'): Promise<T> {
  try {
    return await operation()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw new BadInput(path, code === 'ENOENT' || code === 'ENOTDIR' ? undefined : code, expected)
  }
}
