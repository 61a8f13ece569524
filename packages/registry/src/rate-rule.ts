/** A leading power of the approach parameter: `f(t) / t^rate → coefficient`. */
export interface Power {
  readonly rate: number
  /** `null` where it depends on the data. */
  readonly coefficient: number | null
}

/**
 * How a primitive's dead channel scales on its canonical approach.
 * Source: arXiv 2606.05957, rows C2–C8.
 */
export interface RateRule {
  /** Amplitude of the dead output for a unit dead input. */
  readonly forward: Power
  /** Amplitude of the gradient at the dead input for a unit gradient at the dead output. */
  readonly backward: Power
  readonly composition: Composition
}

/**
 * How a rule composes with what stands before and behind it, the exclusions of plain addition among its values.
 * Below, `e` is the rate of the dead input and `b` that of the gradient at the dead output. Source: arXiv 2606.05957, row C7.
 */
export type Composition =
  /** Rates add and coefficients multiply. */
  | { readonly kind: 'additive' }
  /** The same behind a gate that half of symmetric inputs open; a chain shares one gate, which halves every second moment once. */
  | { readonly kind: 'gated' }
  /** The inputs are summed, each with its scale (1 by default): the least rate wins, ties add their coefficients and may cancel. */
  | { readonly kind: 'sum'; readonly scales?: readonly number[] }
  /** The dead input enters squared: `e → rate + 2e`; the gradient is twice the product, `b → rate + e + b`. */
  | { readonly kind: 'quadratic' }
  /** What does not come from the dead channel hides what is smaller: an offset forward, and backward, where there is one, a floor. */
  | { readonly kind: 'capped'; readonly offset: Power; readonly floor?: Power }
  /** A leak of order zero from living channels: the dead output forgets `e`, the gradient at the dead input forgets `b`. */
  | { readonly kind: 'reset' }
  /** Beside the direct way, living gradients reach the dead input in proportion to it: the lesser of `b + rate` and `e + throughInput`. */
  | { readonly kind: 'routes'; readonly throughInput: Power }
  /** Gates that are never open together: nothing passes. */
  | { readonly kind: 'blocked' }
