import type { TensorData } from '@dead-directions/registry'
import { prefixed } from './parts.ts'
import type { TransformerBlockSpec } from './spec.ts'

/** The last channel. */
export function deadChannel(spec: TransformerBlockSpec): number {
  return spec.width - 1
}

/** Every part on its own canonical approach at the same `t`. Source: arXiv 2606.05957, row C8. */
export function canonicalApproach(spec: TransformerBlockSpec, t: number): Readonly<Record<string, TensorData>> {
  return prefixed(spec, part => part.architecture.canonicalApproach(part.spec, t))
}
