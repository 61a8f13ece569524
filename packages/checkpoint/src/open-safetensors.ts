import { type FileHandle, open } from 'node:fs/promises'
import { BadInput } from '@dead-directions/registry'
import { fileSize } from './folder.ts'
import type { SafetensorsTensor } from './safetensors.ts'
import { dataStart, parseHeader, type SafetensorsEntry } from './safetensors-header.ts'
import { bytesPerScalar, decodeScalars } from './scalar.ts'
import { tensorField } from './tensor-check.ts'

/** A safetensors file of which only the header has been read. */
export interface OpenSafetensors {
  /** In the order of their bytes. */
  readonly entries: ReadonlyMap<string, SafetensorsEntry>
  readonly metadata: Readonly<Record<string, string>>
  /** Reads one tensor's bytes. @throws BadInput when the file has no such tensor */
  readonly read: (name: string) => Promise<SafetensorsTensor>
  readonly close: () => Promise<void>
}

/** A multiple of every dtype's size. */
const chunkBytes = 2 ** 24

/**
 * Opens a safetensors file of any size: the header now, each tensor when asked for.
 *
 * @param path of the file; close what comes back when done
 * @throws BadInput naming the file and what is wrong with its header
 * @example
 * import { openSafetensors } from '@dead-directions/checkpoint'
 * const file = await openSafetensors('weights.safetensors')
 * const weight = await file.read('body.fc1.weight')
 * await file.close()
 */
export async function openSafetensors(path: string): Promise<OpenSafetensors> {
  const size = await fileSize(path)
  const file = await open(path)
  try {
    const start = dataStart(await readAt(file, 0, Math.min(8, size), path), size, path)
    const { entries, metadata } = parseHeader(await readAt(file, 0, start, path), size - start, path)
    const byName = new Map(entries.map(entry => [entry.name, entry]))
    const read = async (name: string): Promise<SafetensorsTensor> => {
      const entry = byName.get(name)
      if (entry === undefined) throw new BadInput(`${path} tensor`, name, 'the name of a tensor in the file')
      return readTensor(file, start, entry, path)
    }
    return { entries: byName, metadata, read, close: () => file.close() }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function readTensor(file: FileHandle, start: number, entry: SafetensorsEntry, path: string): Promise<SafetensorsTensor> {
  const { name, dtype, shape, begin, end } = entry
  const unit = bytesPerScalar(dtype)
  const data = new Float64Array((end - begin) / unit)
  for (let at = begin; at < end; at += chunkBytes) {
    const bytes = await readAt(file, start + at, Math.min(chunkBytes, end - at), path)
    decodeScalars(dtype, bytes, data, (at - begin) / unit, tensorField(path, name))
  }
  return { shape, data, dtype }
}

async function readAt(file: FileHandle, position: number, length: number, path: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done)
    if (bytesRead === 0) throw new BadInput(`${path} size`, position + done, `at least ${position + length} bytes, as when it was opened`)
    done += bytesRead
  }
  return bytes
}
