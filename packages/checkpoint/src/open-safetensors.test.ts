import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSafetensors } from './open-safetensors.ts'
import { encodeSafetensors, parseSafetensors } from './safetensors.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'safetensors-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('reads each tensor alone as the whole file gives it, in any order, over more than one chunk', async () => {
  const data = Float64Array.from({ length: 5_000_001 }, (_, i) => i)
  const tensors = new Map([
    ['long', { shape: [data.length], data }],
    ['short', { shape: [1, 2], data: Float64Array.of(-1, 0.5) }],
  ])
  const bytes = encodeSafetensors(tensors, { dtype: 'F32', metadata: { made: 'here' } })
  const path = join(folder, 'a.safetensors')
  await writeFile(path, bytes)
  const whole = parseSafetensors(bytes, path)
  const file = await openSafetensors(path)
  expect(file.metadata).toEqual({ made: 'here' })
  expect([...file.entries.keys()]).toEqual(['long', 'short'])
  expect(await file.read('short')).toEqual(whole.get('short'))
  const long = await file.read('long')
  expect(long.data.length).toBe(data.length)
  expect(long.data.findIndex((value, i) => value !== i)).toBe(-1)
  await expect(file.read('other')).rejects.toThrow(`${path} tensor: got "other", expected the name of a tensor in the file`)
  await file.close()
})

test('reads the header only: a file of a terabyte opens at once', async () => {
  const path = join(folder, 'sparse.safetensors')
  const header = JSON.stringify({ w: { dtype: 'F64', shape: [2 ** 37], data_offsets: [0, 2 ** 40] } })
  const head = Buffer.alloc(8 + header.length)
  head.writeBigUInt64LE(BigInt(header.length))
  head.write(header, 8)
  await writeFile(path, head)
  await truncate(path, head.length + 2 ** 40)
  const file = await openSafetensors(path)
  expect(file.entries.get('w')?.shape).toEqual([2 ** 37])
  await file.close()
})

test('refuses a truncated file when it is opened, and one that shrinks afterwards when it is read', async () => {
  const path = join(folder, 'a.safetensors')
  const bytes = encodeSafetensors(new Map([['w', { shape: [4], data: new Float64Array(4) }]]))
  await writeFile(path, bytes.subarray(0, bytes.length - 1))
  await expect(openSafetensors(path)).rejects.toThrow(`${path} "w".data_offsets: got [0,32], expected an end of at most 31`)
  await writeFile(path, bytes.subarray(0, 5))
  await expect(openSafetensors(path)).rejects.toThrow(`${path} size: got 5, expected at least 8 bytes`)
  await writeFile(path, bytes)
  const file = await openSafetensors(path)
  await truncate(path, bytes.length - 8)
  await expect(file.read('w')).rejects.toThrow(`${path} size: got ${bytes.length - 8}, expected at least ${bytes.length} bytes`)
  await file.close()
})
