import type { Scope } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import type { Network } from './network.ts'

/** What a reading may do at every node or linear map: look at it, or put another tensor in its output's place. */
export interface Tap {
  /** At every node, with its value. */
  node?(name: string, value: tf.Tensor): tf.Tensor
  linear?(layer: string, weight: tf.Tensor2D, input: tf.Tensor, bias: tf.Tensor1D | undefined, output: tf.Tensor): tf.Tensor
}

/**
 * The network's output for a batch of inputs.
 *
 * @param parameters tensors by full name, of the shapes in `network.parameters`
 * @param inputs `[samples, ...input]`
 * @param tap called at every linear map, in order
 * @returns `[samples, ...outputShape]`: Gaussian means, or logits
 */
export function forward(
  network: Omit<Network, 'layers'>,
  parameters: Readonly<Record<string, tf.Tensor>>,
  inputs: tf.Tensor,
  tap?: Tap,
): tf.Tensor {
  const values = new Map<string, tf.Tensor>([['input', inputs]])
  for (const node of network.nodes) {
    const own = Object.fromEntries(
      Object.keys(node.architecture.parameters(node.spec)).map(name => [name, parameters[`${node.name}.${name}`] as tf.Tensor]),
    )
    const from = node.inputs.map(name => values.get(name) as tf.Tensor)
    const value = node.architecture.forward(scopeOf(node.name, tap), node.spec, own, from)
    values.set(node.name, tap?.node === undefined ? value : tap.node(node.name, value))
  }
  return values.get(network.description.output) as tf.Tensor
}

function scopeOf(node: string, tap: Tap | undefined): Scope {
  return {
    linear(name, weight, input, bias) {
      const output = affine(weight, input, bias)
      return tap?.linear === undefined ? output : tap.linear(name === '' ? node : `${node}.${name}`, weight, input, bias, output)
    },
  }
}

function affine(weight: tf.Tensor2D, input: tf.Tensor, bias: tf.Tensor1D | undefined): tf.Tensor {
  const rows = input.shape.slice(0, -1)
  const flat = input.rank === 2 ? (input as tf.Tensor2D) : tf.reshape(input, [-1, weight.shape[1]])
  const product = tf.matMul(flat, weight, false, true)
  const shifted = bias === undefined ? product : tf.add(product, bias)
  return input.rank === 2 ? shifted : tf.reshape(shifted, [...rows, weight.shape[0]])
}
