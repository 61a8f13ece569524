import * as tf from '@tensorflow/tfjs'
import type { Mixed } from './plan.ts'

/** An optimiser's tensors between steps, by name. */
export type OptimizerState = Map<string, tf.Variable>

/** Constants of Adam's moments. */
export interface AdamConstants {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
}

/** Where the moments of a name are kept, and the step that they are in. */
export interface Moments {
  readonly state: OptimizerState
  readonly name: string
  readonly constants: AdamConstants
  /** 1 for the first. */
  readonly step: number
}

/** The state of a name, zeros where there is none yet. */
export function stateOf(state: OptimizerState, name: string, shape: readonly number[]): tf.Variable {
  const known = state.get(name)
  if (known !== undefined) return known
  const fresh = tf.tidy(() => tf.variable(tf.zeros([...shape]), false))
  state.set(name, fresh)
  return fresh
}

/**
 * Adam's direction `m̂ / (√v̂ + ε)` for one tensor, its moments kept in the state; entries that a rotation mixes share their
 * second moment, which it then leaves alone. Source: Kingma & Ba, arXiv 1412.6980; arXiv 2606.05957, row E.
 *
 * @param mixed axes of a matrix or vector whose neighbours a rotation mixes
 * @returns the direction, of the gradient's shape; the caller multiplies it by minus its learning rate
 * @example
 * import { adamDirection, type OptimizerState } from '@dead-directions/ddcadam'
 * import * as tf from '@tensorflow/tfjs'
 * const state: OptimizerState = new Map()
 * const constants = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }
 * adamDirection({ state, name: 'w', constants, step: 1 }, tf.tensor1d([0.5, -2])) // 1 and -1
 */
export function adamDirection(moments: Moments, gradient: tf.Tensor, mixed: readonly Mixed[] = []): tf.Tensor {
  const { tensor, factor } = adamRatio(moments, gradient, mixed)
  return tf.mul(tensor, factor)
}

/** A tensor times a number, which the caller joins with its own. */
export interface Direction {
  readonly tensor: tf.Tensor
  readonly factor: number
}

/** {@link adamDirection} with its last factor apart. */
export function adamRatio({ state, name, constants, step }: Moments, gradient: tf.Tensor, mixed: readonly Mixed[] = []): Direction {
  // TensorFlow.js rounds numbers to float32, and the corrections must be those of what it decays by.
  const [beta1, beta2] = [Math.fround(constants.beta1), Math.fround(constants.beta2)]
  const squares = shared(tf.square(gradient), mixed)
  const first = stateOf(state, `${name}/m`, gradient.shape)
  const second = stateOf(state, `${name}/v`, squares.shape)
  // The sums are kept without their factors 1 - β, which together with the bias corrections move into two numbers.
  const sum = tf.add(tf.mul(first, beta1), gradient)
  const sumOfSquares = tf.add(tf.mul(second, beta2), squares)
  first.assign(sum)
  second.assign(sumOfSquares)
  const ofFirst = (1 - beta1) / (1 - beta1 ** step)
  const ofSecond = Math.sqrt((1 - beta2 ** step) / (1 - beta2))
  const spread = tf.add(tf.sqrt(sumOfSquares), ofSecond * constants.epsilon)
  const tensor = mixed.length === 0 ? tf.div(sum, spread) : tf.reshape(tf.div(tiled(sum, mixed), spread), gradient.shape)
  return { tensor, factor: ofFirst * ofSecond }
}

function shared(squares: tf.Tensor, mixed: readonly Mixed[]): tf.Tensor {
  if (mixed.length === 0) return squares
  const tiles = tiled(squares, mixed)
  return tf.mean(tiles, mixed.map(({ axis }) => 2 * axis + 1), true)
}

/** Every axis as `[tiles, entries of one]`. */
function tiled(tensor: tf.Tensor, mixed: readonly Mixed[]): tf.Tensor {
  const shape = tensor.shape.flatMap((size, axis) => {
    const own = mixed.find(other => other.axis === axis)
    return own === undefined ? [size, 1] : [size / own.tile, own.tile]
  })
  return tf.reshape(tensor, shape)
}
