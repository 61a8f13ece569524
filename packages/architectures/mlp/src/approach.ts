import type { TensorData } from '@dead-directions/registry'
import { type MlpSpec, mlpLayers } from './spec.ts'

/** The last channel that every layer has. */
export function deadChannel(spec: MlpSpec): number {
  return Math.min(...spec.widths) - 1
}

/**
 * Every weight `diag(1, …, 1, t)`, every dead bias `t` and every living one 0.
 * Source: arXiv 2606.05957, row C2.
 */
export function canonicalApproach(spec: MlpSpec, t: number): Record<string, TensorData> {
  const dead = deadChannel(spec)
  const parameters: Record<string, TensorData> = {}
  for (const layer of mlpLayers(spec)) {
    const weight = new Float64Array(layer.out * layer.in)
    for (let i = 0; i <= dead; i++) weight[i * layer.in + i] = i === dead ? t : 1
    parameters[`${layer.name}.weight`] = { shape: [layer.out, layer.in], data: weight }
    if (!layer.bias) continue
    const bias = new Float64Array(layer.out)
    bias[dead] = t
    parameters[`${layer.name}.bias`] = { shape: [layer.out], data: bias }
  }
  return parameters
}
