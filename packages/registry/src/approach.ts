import type { TensorData } from './tensor-data.ts'

/** Where an approach is read: the direction `output · inputᵀ` of one layer's weight. */
export interface ApproachMember {
  /** The layer's name: full, `node.layer`, in a network. */
  readonly layer: string
  /** Unit vector over the layer's outputs, `[out]`. */
  readonly output: Float64Array
  /** Unit vector over the layer's inputs, `[in]` (without the bias coordinate). */
  readonly input: Float64Array
}

/**
 * A straight path from a singular point to the checkpoint: `origin + τ tangent`, singular at `τ = 0`, the checkpoint at `τ = 1`.
 * Source: arXiv 2606.05957, the readout (theory row F.2).
 */
export interface Approach {
  readonly kind: 'vanishing channel' | 'merging units' | 'constant unit'
  readonly label: string
  /** The parameters that move, by name, at the singular point. */
  readonly origin: Readonly<Record<string, TensorData>>
  /** Their change from the singular point to the checkpoint. */
  readonly tangent: Readonly<Record<string, TensorData>>
  /** Size of the dying part relative to the living one, dimensionless. */
  readonly distance: number
  readonly members: readonly ApproachMember[]
  /** How many maps shrink together: more than one makes the singular point a crossing of as many components. */
  readonly length: number
  /** Directions at the singular point along which nothing changes, by what is claimed; checked where they are used. */
  readonly flats: readonly Readonly<Record<string, Float64Array>>[]
  /** Directions at the singular point that die like the tangent and whose span holds it; empty when it dies alone or at a crossing. */
  readonly family: readonly Readonly<Record<string, Float64Array>>[]
}
