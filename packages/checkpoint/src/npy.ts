import { BadInput, type TensorData } from '@dead-directions/registry'
import { bytesPerScalar, decodeScalars, encodeScalars, type Scalar } from './scalar.ts'
import { extent } from './tensor-check.ts'

const magic = [0x93, ...Array.from('NUMPY', letter => letter.charCodeAt(0))]

const scalars: Readonly<Record<string, Scalar>> = {
  '<f8': 'F64',
  '<f4': 'F32',
  '<f2': 'F16',
  '<i8': 'I64',
  '<i4': 'I32',
  '<i2': 'I16',
  '|i1': 'I8',
  '<u8': 'U64',
  '<u4': 'U32',
  '<u2': 'U16',
  '|u1': 'U8',
  '|b1': 'BOOL',
}

const items = /\s*'(\w+)'\s*:\s*('[^']*'|True|False|\([\d\s,]*\))\s*(?:,|$)/gy

/**
 * The array of a NumPy file of version 1, 2 or 3, little-endian, with at most two axes, in row-major order.
 *
 * @param bytes the whole file
 * @param field what to call it in an error
 * @returns its shape, and its values as float64
 * @throws BadInput naming what is wrong with the header, or a length that does not match it
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 * @example
 * import { encodeNpy, parseNpy } from '@dead-directions/checkpoint/bytes'
 * parseNpy(encodeNpy(1, 2, Float64Array.of(3, 4)), 'x.npy') // { shape: [1, 2], data: [3, 4] }
 */
export function parseNpy(bytes: Uint8Array, field: string): TensorData {
  if (bytes.length < 12 || magic.some((byte, i) => bytes[i] !== byte)) {
    throw new BadInput(field, Array.from(bytes.subarray(0, magic.length)), `the bytes ${JSON.stringify(magic)} that start a NumPy file`)
  }
  const major = bytes[6] as number
  if (major < 1 || major > 3) throw new BadInput(`${field} version`, major, '1, 2 or 3')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headerStart = major === 1 ? 10 : 12
  const headerLength = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  const dataStart = headerStart + headerLength
  if (dataStart > bytes.length) throw new BadInput(`${field} header length`, headerLength, `at most ${bytes.length - headerStart}`)
  const { scalar, fortran, shape } = parseDictionary(new TextDecoder().decode(bytes.subarray(headerStart, dataStart)), `${field} header`)
  const size = extent(shape, bytesPerScalar(scalar), field)
  if (bytes.length - dataStart !== size) {
    throw new BadInput(`${field} bytes after the header`, bytes.length - dataStart, `${size} for ${scalar} ${JSON.stringify(shape)}`)
  }
  const data = new Float64Array(size / bytesPerScalar(scalar))
  decodeScalars(scalar, bytes.subarray(dataStart), data, 0, field)
  return { shape, data: fortran && shape.length === 2 ? columnsToRows(data, shape) : data }
}

/**
 * The bytes of a NumPy file of version 1 with float64 values.
 *
 * @param data `rows × cols` values, row-major
 * @throws BadInput when the length of `data` is another
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 * @example
 * import { encodeNpy } from '@dead-directions/checkpoint/bytes'
 * encodeNpy(1, 2, Float64Array.of(3, 4))
 */
export function encodeNpy(rows: number, cols: number, data: Float64Array): Uint8Array {
  if (data.length !== extent([rows, cols], 1, 'npy')) throw new BadInput('npy data length', data.length, `${rows} × ${cols} values`)
  const dictionary = `{'descr': '<f8', 'fortran_order': False, 'shape': (${rows}, ${cols}), }`
  const dataStart = Math.ceil((10 + dictionary.length + 1) / 64) * 64
  const bytes = new Uint8Array(dataStart + 8 * data.length)
  const text = `${dictionary.padEnd(dataStart - 11)}\n`
  bytes.set(magic)
  bytes.set([1, 0, (dataStart - 10) & 0xff, (dataStart - 10) >> 8], 6)
  bytes.set(new TextEncoder().encode(text), 10)
  encodeScalars('F64', data, bytes, dataStart, 'npy')
  return bytes
}

function parseDictionary(text: string, field: string): { scalar: Scalar; fortran: boolean; shape: number[] } {
  const refusal = new BadInput(field, text.trim(), "{'descr': '…', 'fortran_order': …, 'shape': (…)} with one numeric type")
  const inner = /^\{(.*)\}\s*$/s.exec(text)?.[1]?.trimEnd()
  if (inner === undefined) throw refusal
  const found = [...inner.matchAll(items)]
  const value = new Map(found.map(([, key, text]) => [key, text]))
  if (found.length !== 3 || found.map(([whole]) => whole).join('') !== inner) throw refusal
  const order = value.get('fortran_order')
  const sides = value.get('shape')
  const descr = value.get('descr')?.slice(1, -1)
  if (descr === undefined || sides?.[0] !== '(' || (order !== 'True' && order !== 'False')) throw refusal
  const scalar = Object.hasOwn(scalars, descr) ? scalars[descr] : undefined
  if (scalar === undefined) throw new BadInput(`${field} descr`, descr, `one of ${Object.keys(scalars).join(', ')}`)
  const shape = sides.slice(1, -1).split(',').map(side => side.trim()).filter(side => side !== '').map(Number)
  if (shape.length === 0 || shape.length > 2) throw new BadInput(`${field} shape`, shape, 'one or two axes')
  return { scalar, fortran: order === 'True', shape }
}

function columnsToRows(data: Float64Array, shape: readonly number[]): Float64Array {
  const [rows = 0, cols = 0] = shape
  return data.map((_, i) => data[(i % cols) * rows + Math.floor(i / cols)] as number)
}
