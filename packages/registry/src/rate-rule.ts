/** A leading power of the approach parameter: `f(t) / t^rate → coefficient`. */
export interface Power {
  readonly rate: number
  readonly coefficient: number
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
  /**
   * How amplitudes compose along a chain. `additive`: rates add, coefficients multiply.
   * `gated`: the same, and one gate shared by the whole chain halves every second moment.
   * `capped`: an offset of the given order in `t` hides the signal: a longer chain's forward rate stays at the cap.
   */
  readonly composition: { readonly kind: 'additive' } | { readonly kind: 'gated' } | { readonly kind: 'capped'; readonly order: number }
}
