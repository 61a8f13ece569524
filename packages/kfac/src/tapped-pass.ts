import { forward, type Network, type Tap } from '@dead-directions/network'
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
  return watchedPass(network, parameters, inputs, cotangent, (watch, keep) => ({
    linear(_layer, _weight, input, _bias, value) {
      keep(input)
      return watch(value)
    },
  })).map(({ value, gradient }) => ({ inputs: value, gradients: gradient }))
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
  return watchedPass(network, parameters, inputs, cotangent, (watch, keep) => ({
    node(_name, value) {
      keep(value)
      return watch(value)
    },
  }))
}

/**
 * One forward and one backward pass that keeps a tensor at every tap, and the gradient at the value watched there.
 *
 * @param tapOf from what stands for a value whose gradient is wanted, and what keeps a tensor, one call of each at every tap
 */
function watchedPass(
  network: Network,
  parameters: Readonly<Record<string, tf.Tensor>>,
  inputs: tf.Tensor,
  cotangent: Cotangent,
  tapOf: (watch: (value: tf.Tensor) => tf.Tensor, keep: (value: tf.Tensor) => void) => Tap,
): readonly NodeTensors[] {
  return tf.tidy(() => {
    const kept: tf.Tensor[] = []
    const shapes: number[][] = []
    const gradients = new Map<number, tf.Tensor>()
    // Every watched value takes this zero in, so that it is a function of something and nothing before the first one is differentiated.
    const pass = (zero: tf.Tensor): tf.Tensor => {
      const watch = (value: tf.Tensor): tf.Tensor => {
        const tap = shapes.push(value.shape) - 1
        const watched = tf.customGrad(x => ({
          value: tf.clone(x as tf.Tensor),
          gradFunc: dy => {
            gradients.set(tap, tf.keep(tf.clone(dy)))
            return [tf.clone(dy), tf.scalar(0)]
          },
        }))
        return watched(value, zero)
      }
      return against(cotangent)(forward(network, parameters, inputs, tapOf(watch, value => void kept.push(tf.keep(tf.clone(value))))))
    }
    tf.grad(pass)(tf.scalar(0))
    return kept.map((value, tap) => ({ value, gradient: gradients.get(tap) ?? tf.zeros(shapes[tap] as number[]) }))
  })
}

/** A scalar whose gradient at the output is the cotangent, itself taken as a constant. */
function against(cotangent: Cotangent): (output: tf.Tensor) => tf.Tensor {
  return tf.customGrad((output, save) => {
    ;(save as tf.GradSaveFunc)([cotangent(output as tf.Tensor)])
    return { value: tf.scalar(0), gradFunc: (_dy, saved) => (saved as tf.Tensor[])[0] as tf.Tensor }
  })
}
