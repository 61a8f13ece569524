import type { LocalSlope } from '@dead-directions/core-geometry'
import type { PosteriorPredictions } from '@dead-directions/selection-rule'

/** A number with its standard error and the window it was read on, or `null` where it was refused. */
export interface Reading {
  readonly value: number
  readonly standardError: number
  readonly window: readonly [tMin: number, tMax: number]
}

/** One measured quantity along an approach, for pictures and for whoever wants to fit it again. */
export interface Curve {
  readonly name: string
  /** Approach parameter, ascending. */
  readonly t: readonly number[]
  readonly values: readonly number[]
  /** Precision floor of each value. */
  readonly floor: readonly number[]
  readonly fit: { readonly rate: number; readonly standardError: number; readonly coefficient: number; readonly window: readonly [number, number] } | null
  readonly localSlopes: readonly LocalSlope[]
  /** Why there is no fit. */
  readonly refused: string | null
}

/** A direction `output · inputᵀ` of one layer's weight. */
export interface DirectionReading {
  /** Index of its channel in `Report.channels`. */
  readonly channel: number
  /** KL order of the channel: `K ~ t^{2k}` when all of it dies together; 1 is regular. `null` when refused. */
  readonly klOrder: number | null
  readonly standardError: number | null
  readonly window: readonly [tMin: number, tMax: number] | null
  /** `(h+1)/(2k)`, what one transversal direction of that order adds to λ on a smooth fibre; h is the prior's order, 0 where k is 1. */
  readonly contribution: number | null
  /** Leading-order singular fluctuation of one such direction; `null` under a prior that vanishes along it. */
  readonly nu: number | null
  readonly activationRate: number | null
  readonly gradientRate: number | null
  /** Both rates as the architecture predicts them from the layer's place in the channel. */
  readonly predicted: { readonly activationRate: number; readonly gradientRate: number }
  /** `1 + (activationRate + gradientRate)/2` at this layer and whether it agrees with the channel's order. */
  readonly duality: { readonly klOrder: number; readonly standardError: number; readonly agrees: boolean } | null
  readonly refused: string | null
}

/** One degeneration the checkpoint is near, read along its straight approach. */
export interface ChannelReading {
  readonly kind: string
  readonly label: string
  /** Size of the dying part relative to the living one. */
  readonly distance: number
  /** Maps that shrink together. */
  readonly length: number
  /** `1 + slope(F)/2` along the path's tangent. */
  readonly fromFisher: Reading | null
  /** `slope(K)/2`. */
  readonly fromDivergence: Reading | null
  /** Both combined, when they agree. */
  readonly klOrder: Reading | null
  /** `smooth fibre`, `crossing` of `length` components, or `regular`. */
  readonly rule: string
  readonly refused: string | null
  /** Whether the checkpoint itself lies outside the straight window. */
  readonly far: boolean
  readonly curves: readonly Curve[]
}

/** A layer's spectra and the directions read in it. */
export interface LayerReading {
  readonly name: string
  readonly primitive: string
  /** Singular values of the data matrices at the checkpoint, descending: roots of the factors' eigenvalues. */
  readonly spectrum: { readonly activation: readonly number[]; readonly gradient: readonly number[] }
  readonly directions: readonly DirectionReading[]
}

/** Watanabe's invariants of the whole model where a rule determines them. */
export interface Total {
  readonly lambda: number
  readonly multiplicity: number
  readonly nu: number | null
  readonly rule: string
  /** What λ and m say of the tempered posterior and of the number of observations asked for. */
  readonly posterior: PosteriorPredictions
}

/** What a checkpoint and a sample of inputs say about the model's singularities. */
export interface Report {
  readonly backend: string
  readonly precision: 'float64' | 'float32'
  /** Relative precision floor of every reading. */
  readonly epsilon: number
  readonly likelihood: 'gaussian' | 'categorical'
  /** Which Fisher information the gradients belong to. */
  readonly fisher: string
  readonly samples: number
  /** Order h of the prior `|t|^h` along each dead direction; 0 is a prior that is positive there. */
  readonly priorOrder: number
  readonly layers: readonly LayerReading[]
  readonly channels: readonly ChannelReading[]
  /** Null directions set aside as gauge, by kind. */
  readonly gauges: readonly { readonly kind: string; readonly dimension: number }[]
  readonly total: Total | null
  /** Why there is no total; `null` when there is one. */
  readonly missing: string | null
  readonly warnings: readonly string[]
}
