import type { Kernel, TensorData } from '@dead-directions/registry'
import { branchesOf, ownOf } from './parts.ts'
import type { TransformerBlockSpec } from './spec.ts'

/** The kernel of the normalisation that the block ends in, where it ends in one: `γ⁻¹/‖γ⁻¹‖` of a layer normalisation. Source: arXiv 2606.05957, row C8. */
export function kernels(spec: TransformerBlockSpec, parameters: Readonly<Record<string, TensorData>>): readonly Kernel[] {
  const last = branchesOf(spec).at(-1)?.after.at(-1)
  return last?.architecture.kernels?.(last.spec, ownOf(last, parameters)) ?? []
}
