import { BadInput, checked, type TensorData } from '@dead-directions/registry'
import { type } from 'arktype'
import { bytesPerScalar, decodeScalars, type Scalar } from './scalar.ts'
import { extent, tensorField } from './tensor-check.ts'

const weight = type({
  name: 'string',
  shape: type('number.integer >= 0').array(),
  dtype: "'float32' | 'int32' | 'bool'",
  'quantization?': type({ dtype: "'uint8' | 'uint16'", scale: 'number', min: 'number' }).or({ dtype: "'float16'" }),
})
type Weight = typeof weight.infer

const manifest = type({ paths: type('string').array(), weights: weight.array() }).array()

const scalars = { float32: 'F32', int32: 'I32', bool: 'BOOL', uint8: 'U8', uint16: 'U16', float16: 'F16' } as const satisfies Record<string, Scalar>

/** The paths of a weights manifest in the order in which their bytes follow each other. */
export function shardPaths(weightsManifest: unknown, field: string): string[] {
  return checked(manifest, weightsManifest, field).flatMap(group => group.paths)
}

/**
 * The weights of a LayersModel by name, quantised ones restored as TensorFlow.js does, to float32.
 *
 * @param bytes of all shards, one after the other
 */
export function manifestWeights(weightsManifest: unknown, bytes: Uint8Array, field: string): Map<string, TensorData> {
  const weights = new Map<string, TensorData>()
  let at = 0
  for (const entry of checked(manifest, weightsManifest, field).flatMap(group => group.weights)) {
    const where = tensorField(field, entry.name)
    const scalar = scalars[entry.quantization?.dtype ?? entry.dtype]
    const size = extent(entry.shape, bytesPerScalar(scalar), where)
    if (at + size > bytes.length) throw new BadInput(`${where} shards`, bytes.length, `at least ${at + size} bytes of weights`)
    if (weights.has(entry.name)) throw new BadInput(where, entry.name, 'each weight once')
    weights.set(entry.name, { shape: entry.shape, data: restored(entry, scalar, bytes.subarray(at, at + size), where) })
    at += size
  }
  if (at !== bytes.length) throw new BadInput(`${field} shards`, bytes.length, `${at} bytes of weights`)
  return weights
}

function restored({ dtype, quantization }: Weight, scalar: Scalar, bytes: Uint8Array, field: string): Float64Array {
  const data = new Float64Array(bytes.length / bytesPerScalar(scalar))
  decodeScalars(scalar, bytes, data, 0, field)
  if (quantization === undefined || quantization.dtype === 'float16') return data
  const { scale, min } = quantization
  return data.map(value => (dtype === 'float32' ? Math.fround(value * scale + min) : Math.round(value * scale + min)))
}
