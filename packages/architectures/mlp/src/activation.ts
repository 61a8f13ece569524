import type { ActivationFacts } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'

/** Names of the built-in elementwise maps. */
export type ActivationName = 'identity' | 'relu' | 'tanh' | 'gelu' | 'softplus' | 'sigmoid' | 'silu'

/** An elementwise map: its facts at zero and its TensorFlow.js form. */
export interface Activation extends ActivationFacts {
  readonly name: ActivationName
  apply(x: tf.Tensor): tf.Tensor
}

/**
 * The built-in elementwise maps by name. `gelu` is the exact one, `x Φ(x)`.
 * Classes P1 (linear), P2 (smooth with a slope at zero) and P3 (positively homogeneous) of arXiv 2606.05957, row C2.
 */
export const activations: Readonly<Record<ActivationName, Activation>> = {
  identity: { name: 'identity', symmetry: 'linear', valueAtZero: 0, slopeAtZero: 1, apply: x => x },
  relu: { name: 'relu', symmetry: 'homogeneous', valueAtZero: 0, slopeAtZero: 1, apply: x => tf.relu(x) },
  tanh: { name: 'tanh', symmetry: 'odd', valueAtZero: 0, slopeAtZero: 1, apply: x => tf.tanh(x) },
  gelu: { name: 'gelu', symmetry: 'none', valueAtZero: 0, slopeAtZero: 1 / 2, apply: gelu },
  softplus: { name: 'softplus', symmetry: 'none', valueAtZero: Math.LN2, slopeAtZero: 1 / 2, apply: x => tf.softplus(x) },
  sigmoid: { name: 'sigmoid', symmetry: 'none', valueAtZero: 1 / 2, slopeAtZero: 1 / 4, apply: x => tf.sigmoid(x) },
  silu: { name: 'silu', symmetry: 'none', valueAtZero: 0, slopeAtZero: 1 / 2, apply: x => tf.mul(x, tf.sigmoid(x)) },
}

function gelu(x: tf.Tensor): tf.Tensor {
  // √2 from exact ones: a float constant would be rounded to float32 on its way in.
  const root = tf.sqrt(tf.scalar(2))
  return tf.mul(tf.mul(x, tf.scalar(0.5)), tf.add(tf.erf(tf.div(x, root)), tf.scalar(1)))
}
