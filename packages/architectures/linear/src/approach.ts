import type { TensorData } from '@dead-directions/registry'
import type { LinearSpec } from './linear.ts'

/** The last channel that both sides have. */
export function deadChannel(spec: LinearSpec): number {
  return Math.min(spec.in, spec.out) - 1
}

/**
 * `diag(1, …, 1, t)`, with a dead bias `t` and living biases 0 when the map has biases.
 * Source: arXiv 2606.05957, row C2.
 */
export function canonicalApproach(spec: LinearSpec, t: number): Record<string, TensorData> {
  const dead = deadChannel(spec)
  const weight = new Float64Array(spec.out * spec.in)
  for (let i = 0; i <= dead; i++) weight[i * spec.in + i] = i === dead ? t : 1
  const parameters: Record<string, TensorData> = { weight: { shape: [spec.out, spec.in], data: weight } }
  if (spec.bias) {
    const bias = new Float64Array(spec.out)
    bias[dead] = t
    parameters['bias'] = { shape: [spec.out], data: bias }
  }
  return parameters
}
