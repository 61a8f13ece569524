import { forward, type Network } from '@dead-directions/network'
import * as tf from '@tensorflow/tfjs'
import type { Cotangent } from './cotangent.ts'

/** What one layer saw in one forward and backward pass. */
export interface LayerTensors {
  /** `[samples, ...positions, in]` */
  readonly inputs: tf.Tensor
  /** Gradient at the layer's output, `[samples, ...positions, out]`. */
  readonly gradients: tf.Tensor
}

/**
 * One forward and one backward pass that stops at the layers: their inputs and the gradients at their outputs, no weight gradients.
 * The caller disposes of what is returned. Source: Martens & Grosse 2015; arXiv 2606.05957, row C1.
 *
 * @param parameters tensors by full name
 * @param inputs `[samples, ...input]`
 * @param cotangent gradient at the output, from the output
 */
export function tappedPass(
  network: Network,
  parameters: Readonly<Record<string, tf.Tensor>>,
  inputs: tf.Tensor,
  cotangent: Cotangent,
): readonly LayerTensors[] {
  if (network.layers.length === 0) return []
  return tf.tidy(() => {
    const shifts = network.layers.map(layer => tf.zeros([inputs.shape[0] as number, ...layer.positions, layer.out]))
    const seen: tf.Tensor[] = []
    const loss = (...shifted: tf.Tensor[]): tf.Tensor => {
      const output = forward(network, parameters, inputs, {
        linear(_layer, _weight, input, _bias, value) {
          const shift = shifted[seen.length] as tf.Tensor
          seen.push(tf.keep(input === inputs ? tf.clone(input) : input))
          return tf.add(value, shift)
        },
      })
      return against(cotangent)(output)
    }
    const gradients = tf.grads(loss)(shifts)
    return network.layers.map((_, i) => ({ inputs: seen[i] as tf.Tensor, gradients: gradients[i] as tf.Tensor }))
  })
}

/** What one node gave in one forward and backward pass. */
export interface NodeTensors {
  /** `[samples, ...shape]` */
  readonly value: tf.Tensor
  /** Gradient at the node's value, of its shape. */
  readonly gradient: tf.Tensor
}

/**
 * One forward and one backward pass that stops at the nodes: their values and the gradients at them.
 * The caller disposes of what is returned. Source: arXiv 2606.05957, rows C7 and C8.
 *
 * @param parameters tensors by full name
 * @param inputs `[samples, ...input]`
 * @param cotangent gradient at the output, from the output
 */
export function nodePass(network: Network, parameters: Readonly<Record<string, tf.Tensor>>, inputs: tf.Tensor, cotangent: Cotangent): readonly NodeTensors[] {
  return tf.tidy(() => {
    const shifts = network.nodes.map(node => tf.zeros([inputs.shape[0] as number, ...node.shape]))
    const seen: tf.Tensor[] = []
    const loss = (...shifted: tf.Tensor[]): tf.Tensor => {
      const output = forward(network, parameters, inputs, {
        node(_name, value) {
          const sum = tf.add(value, shifted[seen.length] as tf.Tensor)
          seen.push(tf.keep(tf.clone(sum)))
          return sum
        },
      })
      return against(cotangent)(output)
    }
    const gradients = tf.grads(loss)(shifts)
    return network.nodes.map((_, i) => ({ value: seen[i] as tf.Tensor, gradient: gradients[i] as tf.Tensor }))
  })
}

/** A scalar whose gradient at the output is the cotangent, itself taken as a constant. */
function against(cotangent: Cotangent): (output: tf.Tensor) => tf.Tensor {
  return tf.customGrad((output, save) => {
    ;(save as tf.GradSaveFunc)([cotangent(output as tf.Tensor)])
    return { value: tf.scalar(0), gradFunc: (_dy, saved) => (saved as tf.Tensor[])[0] as tf.Tensor }
  })
}
