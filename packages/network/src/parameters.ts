import { exactTensor } from '@dead-directions/autodiff'
import { BadInput, type TensorData } from '@dead-directions/registry'
import type * as tf from '@tensorflow/tfjs'
import type { Network } from './network.ts'
import { standardNormals } from './random.ts'

/** A network's parameters as arrays, by full name. */
export type ParameterValues = Readonly<Record<string, TensorData>>

/**
 * The tensors of a checkpoint as the network's parameters: every one there, none left over, each of its shape.
 *
 * @param file what to call the checkpoint in an error
 * @throws BadInput naming the tensor, its shape and the expected one
 */
export function checkParameters(network: Network, tensors: ReadonlyMap<string, TensorData>, file = 'weights'): ParameterValues {
  for (const name of tensors.keys()) {
    if (network.parameters[name] === undefined) {
      throw new BadInput(`${file}.${name}`, 'a tensor', `one of ${Object.keys(network.parameters).join(', ')}`)
    }
  }
  return Object.fromEntries(
    Object.entries(network.parameters).map(([name, spec]) => {
      const found = tensors.get(name)
      const expected = `shape [${spec.shape.join(', ')}] as network.json says`
      if (found === undefined) throw new BadInput(`${file}.${name}`, undefined, expected)
      if (found.shape.join() !== spec.shape.join()) throw new BadInput(`${file}.${name}`, found.shape, expected)
      return [name, found]
    }),
  )
}

/**
 * Fresh parameters as the primitives draw them.
 *
 * @param seed any integer; the same seed gives the same bits
 * @param scale factor on every drawn weight, 1 by default
 */
export function initialParameters(network: Network, seed: number, scale = 1): ParameterValues {
  const entries = Object.entries(network.parameters)
  const size = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1)
  const normals = standardNormals(seed, entries.reduce((total, [, spec]) => total + size(spec.shape), 0))
  let next = 0
  return Object.fromEntries(
    entries.map(([name, { shape, initial }]) => {
      const drawn = normals.subarray(next, (next += size(shape)))
      const data = 'normal' in initial ? drawn.map(z => z * initial.normal * scale) : new Float64Array(size(shape)).fill(initial.constant)
      return [name, { shape, data }]
    }),
  )
}

/** The parameters as tensors on the active backend; the caller disposes of them. */
export function parameterTensors(values: ParameterValues): Record<string, tf.Tensor> {
  return Object.fromEntries(Object.entries(values).map(([name, { data, shape }]) => [name, exactTensor(data, shape)]))
}
