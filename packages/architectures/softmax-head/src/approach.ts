import type { TensorData } from '@dead-directions/registry'
import type { SoftmaxHeadSpec } from './spec.ts'

/** The last channel that features and logits both have. */
export function deadChannel(spec: SoftmaxHeadSpec): number {
  return Math.min(spec.in, spec.classes) - 1
}

/**
 * `diag(1, …, 1, t)`, with a dead bias `t` and living biases 0 when the map has biases.
 * Source: arXiv 2606.05957, rows C2 and C6.
 */
export function canonicalApproach(spec: SoftmaxHeadSpec, t: number): Record<string, TensorData> {
  const dead = deadChannel(spec)
  const weight = new Float64Array(spec.classes * spec.in)
  for (let i = 0; i <= dead; i++) weight[i * spec.in + i] = i === dead ? t : 1
  const parameters: Record<string, TensorData> = { weight: { shape: [spec.classes, spec.in], data: weight } }
  if (spec.bias) parameters['bias'] = { shape: [spec.classes], data: new Float64Array(spec.classes).fill(t, dead, dead + 1) }
  return parameters
}
