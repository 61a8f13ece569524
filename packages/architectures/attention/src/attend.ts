import { exactTensor } from '@dead-directions/autodiff'
import * as tf from '@tensorflow/tfjs'
import { rotate } from './rotary.ts'
import { attentionSizes, type AttentionSpec } from './spec.ts'

/** Far below any score, yet finite, so that no infinities meet in a derivative. */
const hidden = -1e30

/**
 * The attention-weighted values of every head, heads side by side.
 *
 * @param q `[samples, positions, heads · headWidth]`
 * @param k `[samples, positions, keyValueHeads · headWidth]`
 * @param v as `k`
 * @returns of the shape of `q`
 */
export function attend(spec: AttentionSpec, q: tf.Tensor3D, k: tf.Tensor3D, v: tf.Tensor3D): tf.Tensor3D {
  const { heads, keyValueHeads, group, headWidth, scale } = attentionSizes(spec)
  const [samples, positions] = q.shape
  const base = spec.rope ? (spec.rope.base ?? 10000) : null
  const placed = (x: tf.Tensor4D): tf.Tensor4D => (base === null ? x : rotate(x, base))
  // The query heads of one key–value head stand below each other: one product serves them all, and nothing is copied.
  const below = [samples, keyValueHeads, group * positions] as const

  const queries = tf.reshape(placed(split(q, heads)), [...below, headWidth])
  const scores = tf.mul(tf.matMul(queries, placed(split(k, keyValueHeads)), false, true), exactTensor([scale], []))
  const weights = tf.softmax(spec.causal ? masked(tf.reshape(scores, [samples, heads, positions, positions])) : scores)
  const values = tf.matMul(tf.reshape(weights, [...below, positions]), split(v, keyValueHeads))
  return join(tf.reshape(values, [samples, heads, positions, headWidth]))
}

/** `[samples, positions, heads · headWidth]` → `[samples, heads, positions, headWidth]` */
function split(x: tf.Tensor3D, heads: number): tf.Tensor4D {
  const [samples, positions, inner] = x.shape
  return tf.transpose(tf.reshape(x, [samples, positions, heads, inner / heads]), [0, 2, 1, 3])
}

function join(x: tf.Tensor4D): tf.Tensor3D {
  const [samples, heads, positions, headWidth] = x.shape
  return tf.reshape(tf.transpose(x, [0, 2, 1, 3]), [samples, positions, heads * headWidth])
}

/** Scores `[samples, heads, positions, positions]` with every later position hidden. */
function masked(scores: tf.Tensor4D): tf.Tensor4D {
  const positions = scores.shape[3]
  const mask = Float64Array.from({ length: positions * positions }, (_, at) => (at % positions > Math.floor(at / positions) ? hidden : 0))
  return tf.add(scores, exactTensor(mask, [positions, positions]))
}
