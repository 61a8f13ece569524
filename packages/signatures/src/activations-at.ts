import { exactData } from '@dead-directions/autodiff'
import { type Matrix, matrix } from '@dead-directions/linalg'
import { forward, type Network } from '@dead-directions/network'
import * as tf from '@tensorflow/tfjs'

/**
 * From one forward pass, the inputs of layers and the values of nodes. Source: arXiv 2606.19491, row F3.
 *
 * @param parameters tensors by full name
 * @param inputs `[samples, ...input]`
 * @param places names of layers and nodes
 * @returns by name `[samples · positions, width]`, of the places that the pass comes through
 */
export async function activationsAt(network: Network, parameters: Readonly<Record<string, tf.Tensor>>, inputs: tf.Tensor, places: readonly string[]): Promise<ReadonlyMap<string, Matrix>> {
  const seen = new Map<string, tf.Tensor>()
  tf.tidy(() => {
    const keep = (name: string, value: tf.Tensor): void => {
      if (places.includes(name) && !seen.has(name)) seen.set(name, tf.keep(tf.clone(value)))
    }
    forward(network, parameters, inputs, {
      node: (name, value) => (keep(name, value), value),
      linear: (layer, _weight, input, _bias, output) => (keep(layer, input), output),
    })
  })
  const read = new Map<string, Matrix>()
  for (const [name, value] of seen) {
    const width = value.shape.at(-1) as number
    read.set(name, matrix(value.size / width, width, await exactData(value)))
  }
  tf.dispose([...seen.values()])
  return read
}
