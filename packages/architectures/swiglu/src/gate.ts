import { exactTensor } from '@dead-directions/autodiff'
import * as tf from '@tensorflow/tfjs'

/** The gates of SwiGLU, GeGLU (exact, `x Φ(x)`) and ReGLU (arXiv 2002.05202). */
export const gates = {
  silu: (x: tf.Tensor): tf.Tensor => tf.mul(x, tf.sigmoid(x)),
  gelu: (x: tf.Tensor): tf.Tensor => tf.mul(tf.mul(x, tf.scalar(0.5)), tf.add(tf.erf(tf.mul(x, exactTensor([Math.SQRT1_2], []))), tf.scalar(1))),
  relu: (x: tf.Tensor): tf.Tensor => tf.relu(x),
}

/** Name of an elementwise map that a gate may be. */
export type GateName = keyof typeof gates
