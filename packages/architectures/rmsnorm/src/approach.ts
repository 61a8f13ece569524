import type { TensorData } from '@dead-directions/registry'
import type { RmsNormSpec } from './spec.ts'

/** The last channel. */
export function deadChannel(spec: RmsNormSpec): number {
  return spec.width - 1
}

/** Every scale 1: the normalisation itself has nothing that dies. Source: arXiv 2606.05957, row C8. */
export function canonicalApproach({ width }: RmsNormSpec): Record<string, TensorData> {
  return { gamma: { shape: [width], data: new Float64Array(width).fill(1) } }
}
