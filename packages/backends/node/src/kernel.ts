import * as tf from '@tensorflow/tfjs'
import type { Dense } from './dense.ts'
import type { Float64Backend } from './float64-backend.ts'

/** One TensorFlow.js kernel as a function from arrays to arrays. */
export interface Kernel {
  readonly name: string
  readonly compute: (inputs: unknown, attributes: unknown) => Dense | Dense[]
}

/** A kernel from its TensorFlow.js name and its computation, typed by the inputs and attributes TensorFlow.js hands over. */
export function kernel<inputs, attributes = object>(
  name: string,
  compute: (inputs: inputs, attributes: attributes) => Dense | Dense[],
): Kernel {
  return { name, compute: compute as Kernel['compute'] }
}

/** Kernels that only show an input again, so that its values may be anything. */
const views: ReadonlySet<string> = new Set([tf.Identity, tf.Reshape, tf.ExpandDims])

/** The kernel as TensorFlow.js registers it: a result that holds the values of an input or of another result shares its storage. */
export function kernelConfig({ name, compute }: Kernel, backendName: string): tf.KernelConfig {
  return {
    kernelName: name,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const store = backend as Float64Backend
      const owners = new Map<Dense['values'], tf.TensorInfo>()
      const read = (info: tf.TensorInfo): Dense => {
        if (info.dtype === 'string' && !views.has(name)) {
          throw new TypeError(`${name}: got dtype string, expected float32, int32 or bool`)
        }
        const values = store.valuesOf(info)
        owners.set(values, info)
        return { shape: info.shape, dtype: info.dtype, values }
      }
      const keep = ({ shape, dtype, values }: Dense): tf.TensorInfo => {
        const owner = owners.get(values)
        const info = { shape, dtype, dataId: owner === undefined ? store.keep(values) : store.share(owner) }
        owners.set(values, info)
        return info
      }
      const given = Array.isArray(inputs) ? (inputs as tf.TensorInfo[]).map(read) : readAll(inputs, read)
      const results = compute(given, attrs)
      return Array.isArray(results) ? results.map(keep) : keep(results)
    },
  }
}

function readAll(inputs: tf.NamedTensorInfoMap, read: (info: tf.TensorInfo) => Dense): Record<string, Dense> {
  const given: Record<string, Dense> = {}
  for (const key in inputs) {
    const info = inputs[key]
    if (info != null) given[key] = read(info)
  }
  return given
}
