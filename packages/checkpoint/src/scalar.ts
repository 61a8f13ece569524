import { BadInput } from '@dead-directions/registry'
import { bfloat16ToNumber, halfToNumber, numberToBfloat16, numberToHalf } from './small-float.ts'

/** How one number lies in a file, little-endian. */
export type Scalar = 'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'I32' | 'I16' | 'I8' | 'U64' | 'U32' | 'U16' | 'U8' | 'BOOL'

/** The floating-point types that tensors can be written in. */
export type FloatScalar = 'F64' | 'F32' | 'F16' | 'BF16'

interface Reader {
  readonly bytes: number
  readonly read: (view: DataView, at: number) => number
}

interface Codec extends Reader {
  readonly write: (view: DataView, at: number, value: number) => void
}

const floats: Record<FloatScalar, Codec> = {
  F64: { bytes: 8, read: (view, at) => view.getFloat64(at, true), write: (view, at, value) => view.setFloat64(at, value, true) },
  F32: { bytes: 4, read: (view, at) => view.getFloat32(at, true), write: (view, at, value) => view.setFloat32(at, value, true) },
  F16: {
    bytes: 2,
    read: (view, at) => halfToNumber(view.getUint16(at, true)),
    write: (view, at, value) => view.setUint16(at, numberToHalf(value), true),
  },
  BF16: {
    bytes: 2,
    read: (view, at) => bfloat16ToNumber(view.getUint16(at, true)),
    write: (view, at, value) => view.setUint16(at, numberToBfloat16(value), true),
  },
}

const readers: Record<Scalar, Reader> = {
  ...floats,
  I64: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  I32: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  I16: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  I8: { bytes: 1, read: (view, at) => view.getInt8(at) },
  U64: { bytes: 8, read: (view, at) => Number(view.getBigUint64(at, true)) },
  U32: { bytes: 4, read: (view, at) => view.getUint32(at, true) },
  U16: { bytes: 2, read: (view, at) => view.getUint16(at, true) },
  U8: { bytes: 1, read: (view, at) => view.getUint8(at) },
  BOOL: { bytes: 1, read: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) },
}

export function isScalar(name: string): name is Scalar {
  return Object.hasOwn(readers, name)
}

export const scalarNames: readonly string[] = Object.keys(readers)

export function bytesPerScalar(scalar: Scalar): number {
  return readers[scalar].bytes
}

/**
 * Reads the numbers of `bytes` into `target` from index `start` on.
 *
 * @throws BadInput when a 64-bit integer has no exact float64 value
 */
export function decodeScalars(scalar: Scalar, bytes: Uint8Array, target: Float64Array, start: number, field: string): void {
  const { bytes: step, read } = readers[scalar]
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const whole = scalar === 'I64' || scalar === 'U64'
  for (let at = 0, i = start; at + step <= bytes.byteLength; at += step, i++) {
    const value = read(view, at)
    if (whole && !Number.isSafeInteger(value)) throw new BadInput(`${field}[${i}]`, value, 'an integer below 2^53 in size')
    target[i] = value
  }
}

/**
 * Writes `data` into `target` from byte `start` on.
 *
 * @throws BadInput when a finite number is out of range of the type
 */
export function encodeScalars(scalar: FloatScalar, data: Float64Array, target: Uint8Array, start: number, field: string): void {
  const { bytes: step, read, write } = floats[scalar]
  const view = new DataView(target.buffer, target.byteOffset + start, data.length * step)
  data.forEach((value, i) => {
    write(view, i * step, value)
    if (Number.isFinite(value) && !Number.isFinite(read(view, i * step))) {
      throw new BadInput(`${field}[${i}]`, value, `a number in the range of ${scalar}`)
    }
  })
}
