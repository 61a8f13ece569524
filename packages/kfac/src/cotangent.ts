import { exactTensor } from '@dead-directions/autodiff'
import { standardNormals, uniforms } from '@dead-directions/network'
import type { Likelihood } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'

/**
 * Which Fisher information the gradients belong to.
 * `exact`: the model's own likelihood, every output in turn; `sampled`: labels drawn from the model; `empirical`: labels given.
 * Targets are `[samples, outputs]`: values of a Gaussian model, one-hot rows of a categorical one.
 */
export type Fisher =
  | { readonly kind: 'exact' }
  | { readonly kind: 'sampled'; readonly seed: number; readonly draws: number }
  | { readonly kind: 'empirical'; readonly targets: tf.Tensor2D }

/** From outputs `[samples, ...positions, outputs]` to the gradient of the log-likelihood (up to sign) at them, of the same shape. */
export type Cotangent = (outputs: tf.Tensor) => tf.Tensor

/**
 * The output gradients whose second moments add up to the Fisher information of the output distribution.
 * Sources: arXiv 2606.05957, rows C1 and C6; Martens & Grosse 2015.
 *
 * @param outputs number of features of one output; the exact gradients are those of outputs without positions
 */
export function cotangents(likelihood: Likelihood, fisher: Fisher, outputs: number): readonly Cotangent[] {
  switch (fisher.kind) {
    case 'exact':
      return Array.from({ length: outputs }, (_, i) => (likelihood === 'gaussian' ? axis(i, outputs) : rootColumn(i, outputs)))
    case 'sampled':
      return Array.from({ length: fisher.draws }, (_, draw) => {
        const seed = fisher.seed + draw
        const scale = 1 / Math.sqrt(fisher.draws)
        return likelihood === 'gaussian' ? noise(seed, scale) : drawnLabel(seed, scale)
      })
    case 'empirical':
      return [outputs => tf.sub(likelihood === 'gaussian' ? outputs : tf.softmax(outputs), fisher.targets)]
  }
}

function axis(i: number, size: number): Cotangent {
  return outputs => tf.mul(tf.onesLike(outputs), oneHotRow(i, size))
}

/** Column i of `S = diag(√p) - p √pᵀ`, whose `S Sᵀ` is the head Fisher `diag(p) - p pᵀ`. */
function rootColumn(i: number, size: number): Cotangent {
  return outputs => {
    const p = tf.softmax(outputs)
    const root = tf.sqrt(tf.slice(p, [0, i], [-1, 1]))
    return tf.mul(root, tf.sub(oneHotRow(i, size), p))
  }
}

function oneHotRow(i: number, size: number): tf.Tensor2D {
  return tf.tensor2d([Array.from({ length: size }, (_, j) => (i === j ? 1 : 0))])
}

function noise(seed: number, scale: number): Cotangent {
  return outputs => exactTensor(standardNormals(seed, outputs.size).map(z => z * scale), outputs.shape)
}

/** Softmax minus a label drawn from it, by the Gumbel maximum. */
function drawnLabel(seed: number, scale: number): Cotangent {
  return outputs => {
    const gumbel = uniforms(seed, outputs.size).map(u => -Math.log(-Math.log(u || Number.MIN_VALUE)))
    const label = tf.argMax(tf.add(outputs, exactTensor(gumbel, outputs.shape)), -1)
    const difference = tf.sub(tf.softmax(outputs), tf.oneHot(label.toInt(), outputs.shape.at(-1) as number))
    return tf.mul(difference, exactTensor([scale], []))
  }
}
