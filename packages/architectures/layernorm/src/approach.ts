import type { TensorData } from '@dead-directions/registry'
import type { LayerNormSpec } from './spec.ts'

/** The last channel. */
export function deadChannel(spec: LayerNormSpec): number {
  return spec.width - 1
}

/** Every scale 1 and every shift 0: the normalisation itself has nothing that dies. Source: arXiv 2606.05957, row C8. */
export function canonicalApproach(spec: LayerNormSpec): Record<string, TensorData> {
  const shape = [spec.width]
  const gamma = { shape, data: new Float64Array(spec.width).fill(1) }
  return spec.bias ? { gamma, beta: { shape, data: new Float64Array(spec.width) } } : { gamma }
}
