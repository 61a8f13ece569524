import { gemm, type Matrix, matrix, singularValues } from '@dead-directions/linalg'
import type { Layer, Network } from '@dead-directions/network'
import * as tf from '@tensorflow/tfjs'
import { cotangents, type Fisher } from './cotangent.ts'
import type { LayerData } from './layer-data.ts'
import { tappedPass } from './tapped-pass.ts'

/** A layer's Kronecker factors, `F_block ≈ A ⊗ G`, as tensors on the active backend. */
export interface KroneckerFactors {
  readonly layer: Layer
  /** `[in, in]` */
  readonly activation: tf.Tensor2D
  /** `[out, out]` */
  readonly gradient: tf.Tensor2D
}

/**
 * Every layer's factors from forward and backward passes, kept on the active backend: for preconditioners.
 * To read small eigenvalues use `layerData`, since a Gram matrix has lost them. The caller disposes of the factors.
 * Source: Martens & Grosse 2015; arXiv 2606.05957, row C1.
 */
export function kroneckerFactors(
  network: Network,
  parameters: Readonly<Record<string, tf.Tensor>>,
  inputs: tf.Tensor,
  fisher: Fisher,
): readonly KroneckerFactors[] {
  const samples = inputs.shape[0] as number
  const seeds = cotangents(network.description.likelihood, fisher, network.outputShape.at(-1) as number)
  const factors = tf.tidy(() => {
    const passes = seeds.map(seed =>
      tf.tidy(() => tappedPass(network, parameters, inputs, seed).map((seen, i) => factorsOf(network.layers[i] as Layer, seen, samples))),
    )
    return network.layers.map((_, i) => {
      const own = passes.map(pass => pass[i] as LayerFactors)
      return { activation: (own[0] as LayerFactors).activation, gradient: tf.addN(own.map(({ gradient }) => gradient)) as tf.Tensor2D }
    })
  })
  return network.layers.map((layer, i) => ({ layer, ...(factors[i] as LayerFactors) }))
}

// A type, not an interface: TensorFlow.js tidies only what has an index signature.
type LayerFactors = { activation: tf.Tensor2D; gradient: tf.Tensor2D }

function factorsOf(layer: Layer, seen: { inputs: tf.Tensor; gradients: tf.Tensor }, samples: number): LayerFactors {
  const a = tf.reshape(seen.inputs, [-1, layer.in]) as tf.Tensor2D
  const g = tf.reshape(seen.gradients, [-1, layer.out]) as tf.Tensor2D
  const activation = tf.div(tf.matMul(a, a, true, false), a.shape[0]) as tf.Tensor2D
  const gradient = tf.div(tf.matMul(g, g, true, false), samples) as tf.Tensor2D
  tf.dispose([seen.inputs, seen.gradients])
  return { activation, gradient }
}

/** `A = E[a aᵀ]` from a layer's data. Source: arXiv 2606.05957, row C1. */
export function activationFactor({ activations }: LayerData): Matrix {
  return gram(activations)
}

/** `G = E[g gᵀ]` from a layer's data. Source: arXiv 2606.05957, row C1. */
export function gradientFactor({ gradients }: LayerData): Matrix {
  return gram(gradients)
}

/**
 * Eigenvalues of both factors, descending, from the singular values of the data matrices.
 * Source: arXiv 2606.05957, rows C1 and C9.
 */
export function factorSpectra({ activations, gradients }: LayerData): { activation: Float64Array; gradient: Float64Array } {
  return { activation: squares(singularValues(activations)), gradient: squares(singularValues(gradients)) }
}

/**
 * Eigenvalues of `A ⊗ G`: all products, descending. Source: arXiv 2606.05957, row C1.
 *
 * @example
 * import { kroneckerSpectrum } from '@dead-directions/kfac'
 * kroneckerSpectrum(Float64Array.of(2, 1), Float64Array.of(3)) // [6, 3]
 */
export function kroneckerSpectrum(activation: Float64Array, gradient: Float64Array): Float64Array {
  const products = new Float64Array(activation.length * gradient.length)
  activation.forEach((a, i) => products.set(gradient.map(g => a * g), i * gradient.length))
  return products.sort().reverse()
}

/** `‖data · direction‖²`: the factor's quadratic form along a direction, without forming the factor. */
export function secondMoment(data: Matrix, direction: Float64Array): number {
  let total = 0
  for (let i = 0; i < data.rows; i++) {
    let dot = 0
    for (let j = 0; j < data.cols; j++) dot += (data.data[i * data.cols + j] as number) * (direction[j] as number)
    total += dot * dot
  }
  return total
}

function gram(a: Matrix): Matrix {
  const result = matrix(a.cols, a.cols)
  gemm({ m: a.cols, n: a.cols, k: a.rows, a: a.data, b: a.data, c: result.data, transposeA: true })
  return result
}

function squares(values: Float64Array): Float64Array {
  return values.map(value => value * value)
}
