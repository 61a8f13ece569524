import { exactData, exactTensor } from '@dead-directions/autodiff'
import { normalisationKernel } from '@dead-directions/arch-layernorm'
import { column, type Matrix, matrix, svd } from '@dead-directions/linalg'
import { buildNetwork, forward, initialParameters, parameterTensors, standardNormals } from '@dead-directions/network'
import * as tf from '@tensorflow/tfjs'
import { float64 } from '../shell/float64.ts'
import type { Compute, Outcome } from '../shell/reading.ts'

export interface KernelState {
  readonly norm: 'layernorm' | 'rmsnorm'
  readonly width: number
  readonly spread: number
  readonly seed: number
}

export interface KernelOutcome extends Outcome {
  readonly kernel: Float64Array
  /** Direction of least variance of the centred outputs. */
  readonly measured: Float64Array
  /** Singular values of the centred outputs. */
  readonly spectrum: Float64Array
}

const samples = 128

export const compute: Compute<KernelState, KernelOutcome> = async ({ norm, width, spread, seed }) => {
  const gamma = standardNormals(seed, width).map(normal => 10 ** ((spread * normal) / 2))
  const kernel = normalisationKernel(gamma)
  const { s, v } = svd(await centredOutputs(norm, gamma, seed))
  const last = column(v, width - 1)
  const overlap = last.reduce((sum, value, i) => sum + value * kernel[i]!, 0)
  const ratio = s[width - 1]! / s[0]!
  return {
    kernel,
    measured: last.map(value => value * Math.sign(overlap || 1)),
    spectrum: s,
    lines: [
      { name: 'overlap of least direction and γ⁻¹/‖γ⁻¹‖', estimate: Math.abs(overlap), error: 0, exact: norm === 'layernorm' ? 1 : null, tolerance: 1e-4 },
      { name: 'least singular value, relative', estimate: ratio, error: Number.EPSILON, exact: norm === 'layernorm' ? 0 : null, tolerance: 1e-12 },
    ],
    notes: [norm === 'layernorm' ? 'A zero of the spectrum that no training made: it is set aside before dead directions are counted.' : 'Without the mean taken off there is no kernel: the least variance stays away from zero, and the overlap from one.'],
  }
}

/** Outputs of one normalisation on normal inputs, each column with its mean taken off. */
async function centredOutputs(norm: KernelState['norm'], gamma: Float64Array, seed: number): Promise<Matrix> {
  const width = gamma.length
  const network = buildNetwork({ input: [width], nodes: [{ name: 'norm', primitive: norm, spec: { width }, inputs: ['input'] }], output: 'norm', likelihood: 'gaussian' }, await float64())
  const tensors = parameterTensors({ ...initialParameters(network, seed), 'norm.gamma': { shape: [width], data: gamma } })
  const inputs = exactTensor(standardNormals(seed + 1, samples * width), [samples, width])
  const outputs = tf.tidy(() => {
    const values = forward(network, tensors, inputs)
    return tf.sub(values, tf.mean(values, 0, true))
  })
  const data = await exactData(outputs)
  tf.dispose([outputs, inputs, ...Object.values(tensors)])
  return matrix(samples, width, data)
}
