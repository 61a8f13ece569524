import { BadInput, checked } from '@dead-directions/registry'
import { type } from 'arktype'
import { bytesPerScalar, isScalar, type Scalar, scalarNames } from './scalar.ts'
import { parseJson } from './strict-json.ts'
import { extent, tensorField } from './tensor-check.ts'

/** Where a tensor lies in a safetensors file. */
export interface SafetensorsEntry {
  readonly name: string
  readonly dtype: Scalar
  readonly shape: readonly number[]
  /** First byte and the byte after the last, counted from the end of the header. */
  readonly begin: number
  readonly end: number
}

/** What the header of a safetensors file says: its tensors in the order of their bytes, and free text. */
export interface SafetensorsHeader {
  readonly entries: readonly SafetensorsEntry[]
  readonly metadata: Readonly<Record<string, string>>
}

export const metadataKey = '__metadata__'

const lengthBytes = 8
/** The limit of the format's reference implementation. */
const longestHeader = 100_000_000

const fileHeader = type('Record<string, object>')
const fileMetadata = type('Record<string, string>')
const fileEntry = type({
  dtype: 'string',
  shape: type('number.integer >= 0').array(),
  data_offsets: ['number.integer >= 0', 'number.integer >= 0'],
})

/** The first byte of the tensors in a file of `size` bytes that starts with `prefix`. */
export function dataStart(prefix: Uint8Array, size: number, field: string): number {
  if (size < lengthBytes) throw new BadInput(`${field} size`, size, `at least ${lengthBytes} bytes`)
  const length = new DataView(prefix.buffer, prefix.byteOffset, lengthBytes).getBigUint64(0, true)
  if (length > longestHeader) throw new BadInput(`${field} header length`, length, `at most ${longestHeader} bytes`)
  const end = lengthBytes + Number(length)
  if (end > size) throw new BadInput(`${field} header length`, length, `at most ${size - lengthBytes} bytes, the rest of the file`)
  return end
}

/** The header in the bytes of a file before {@link dataStart}, checked against `dataSize`, the number of bytes after them. */
export function parseHeader(head: Uint8Array, dataSize: number, field: string): SafetensorsHeader {
  const text = head.subarray(lengthBytes)
  if (text[0] !== 0x7b) throw new BadInput(`${field} header`, new TextDecoder().decode(text.subarray(0, 8)), 'JSON that starts with {')
  const header = checked(fileHeader, parseJson(text, `${field} header`), `${field} header`)
  const metadata = Object.hasOwn(header, metadataKey) ? checked(fileMetadata, header[metadataKey], `${field} ${metadataKey}`) : {}
  const entries = Object.entries(header)
    .filter(([name]) => name !== metadataKey)
    .map(([name, value]) => entryOf(name, value, field))
    .sort((a, b) => a.begin - b.begin || a.end - b.end)
  checkLayout(entries, dataSize, field)
  return { entries, metadata }
}

function entryOf(name: string, value: unknown, file: string): SafetensorsEntry {
  const field = tensorField(file, name)
  const { dtype, shape, data_offsets } = checked(fileEntry, value, field)
  if (!isScalar(dtype)) throw new BadInput(`${field}.dtype`, dtype, `one of ${scalarNames.join(', ')}`)
  const [begin, end] = data_offsets
  const size = extent(shape, bytesPerScalar(dtype), field)
  if (end - begin !== size) throw new BadInput(`${field}.data_offsets`, data_offsets, `${size} bytes for ${dtype} ${JSON.stringify(shape)}`)
  return { name, dtype, shape, begin, end }
}

function checkLayout(entries: readonly SafetensorsEntry[], dataSize: number, file: string): void {
  let at = 0
  for (const { name, begin, end } of entries) {
    const field = `${tensorField(file, name)}.data_offsets`
    if (begin !== at) throw new BadInput(field, [begin, end], `a start at ${at}, with no hole or overlap between tensors`)
    if (end > dataSize) throw new BadInput(field, [begin, end], `an end of at most ${dataSize}, where the file ends`)
    at = end
  }
  if (at !== dataSize) throw new BadInput(`${file} bytes after the header`, dataSize, `${at}, where the last tensor ends`)
}
