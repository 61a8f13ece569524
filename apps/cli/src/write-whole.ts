import { rename, rm, writeFile } from 'node:fs/promises'

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
