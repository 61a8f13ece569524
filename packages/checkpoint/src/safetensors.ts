import { BadInput, type TensorData } from '@dead-directions/registry'
import { dataStart, metadataKey, parseHeader } from './safetensors-header.ts'
import { bytesPerScalar, decodeScalars, encodeScalars, type FloatScalar, type Scalar } from './scalar.ts'
import { checkFinite, extent, tensorField } from './tensor-check.ts'

/** A tensor with the type of its numbers in the file; `data` is float64 whatever that type. */
export interface SafetensorsTensor extends TensorData {
  readonly dtype: Scalar
}

/**
 * The tensors of a safetensors file, in the order of their bytes.
 *
 * @param bytes the whole file
 * @param field what to call it in an error, for instance its name
 * @param options `requireFinite` refuses NaN and infinities
 * @throws BadInput naming the tensor and what is wrong; hostile bytes give nothing worse
 * @see https://github.com/huggingface/safetensors#format
 * @example
 * import { encodeSafetensors, parseSafetensors } from '@dead-directions/checkpoint/bytes'
 * const bytes = encodeSafetensors(new Map([['w', { shape: [2], data: Float64Array.of(1, 2) }]]))
 * parseSafetensors(bytes, 'weights.safetensors').get('w')?.data // [1, 2]
 */
export function parseSafetensors(
  bytes: Uint8Array,
  field: string,
  options: { readonly requireFinite?: boolean } = {},
): Map<string, SafetensorsTensor> {
  const start = dataStart(bytes, bytes.length, field)
  const { entries } = parseHeader(bytes.subarray(0, start), bytes.length - start, field)
  const tensors = new Map<string, SafetensorsTensor>()
  for (const { name, dtype, shape, begin, end } of entries) {
    const data = new Float64Array((end - begin) / bytesPerScalar(dtype))
    const at = tensorField(field, name)
    decodeScalars(dtype, bytes.subarray(start + begin, start + end), data, 0, at)
    const tensor = { shape, data, dtype }
    if (options.requireFinite) checkFinite(tensor, at)
    tensors.set(name, tensor)
  }
  return tensors
}

/**
 * The bytes of a safetensors file, its header padded to a multiple of eight bytes.
 *
 * @param tensors written in the order of the map; each shape must match the length of its data
 * @param options `dtype` of every tensor in the file (default F64; values are rounded to nearest, ties to even); `metadata` is free text
 * @throws BadInput naming a tensor whose shape does not match or whose finite values are out of the dtype's range
 * @see https://github.com/huggingface/safetensors#format
 * @example
 * import { encodeSafetensors } from '@dead-directions/checkpoint/bytes'
 * const tensors = new Map([['w', { shape: [1, 2], data: Float64Array.of(0.5, 1) }]])
 * encodeSafetensors(tensors, { dtype: 'BF16', metadata: { made: 'by hand' } })
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, TensorData>,
  options: { readonly dtype?: FloatScalar; readonly metadata?: Readonly<Record<string, string>> } = {},
): Uint8Array {
  const dtype = options.dtype ?? 'F64'
  let end = 0
  const entries = Array.from(tensors, ([name, { shape, data }]): [string, object] => {
    const field = tensorField('tensor', name)
    if (name === metadataKey) throw new BadInput(field, name, `a name other than ${metadataKey}`)
    const elements = extent(shape, 1, field)
    if (data.length !== elements) throw new BadInput(`${field}.data length`, data.length, `${elements} for shape ${JSON.stringify(shape)}`)
    const begin = end
    end += elements * bytesPerScalar(dtype)
    return [name, { dtype, shape, data_offsets: [begin, end] }]
  })
  if (options.metadata !== undefined) entries.unshift([metadataKey, options.metadata])

  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)))
  const start = 8 + Math.ceil(header.length / 8) * 8
  const bytes = new Uint8Array(start + end).fill(0x20, 8, start)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true)
  bytes.set(header, 8)
  let at = start
  for (const [name, { data }] of tensors) {
    encodeScalars(dtype, data, bytes, at, tensorField('tensor', name))
    at += data.length * bytesPerScalar(dtype)
  }
  return bytes
}
