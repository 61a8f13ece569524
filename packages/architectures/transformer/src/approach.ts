import type { TensorData } from '@dead-directions/registry'
import { prefixed } from './parts.ts'
import type { TransformerBlockSpec } from './spec.ts'

/** The last channel. */
export function deadChannel(spec: TransformerBlockSpec): number {
  return spec.width - 1
}

/**
 * Every part on its own canonical approach at the same `t`, every bias 0: a dead one of order `t` would stand on the stream and
 * hide what a block passes of any smaller order. Source: arXiv 2606.05957, rows C5 and C8.
 */
export function canonicalApproach(spec: TransformerBlockSpec, t: number): Readonly<Record<string, TensorData>> {
  const parameters = prefixed(spec, part => part.architecture.canonicalApproach(part.spec, t))
  return Object.fromEntries(Object.entries(parameters).map(([name, { shape, data }]) => [name, { shape, data: name.endsWith('.bias') ? new Float64Array(data.length) : data }]))
}
