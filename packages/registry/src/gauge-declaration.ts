/**
 * A group that acts on the interface between two maps of one node and leaves the loss unchanged.
 * An element `g` of it acts on `units` rows from `offset` on of every parameter in `rows` (biases and scales included) as `g`,
 * on those of `dualRows` as the inverse transpose of `g`, and on as many columns of every parameter in `columns` as the inverse.
 * Source: arXiv 2606.05957, row D1.
 */
export interface GaugeDeclaration {
  /** Positive diagonal, invertible, permutation, diagonal of signs, or orthogonal matrices; `phase`: one rotation per pair of neighbours. */
  readonly kind: 'rescaling' | 'general-linear' | 'permutation' | 'sign' | 'rotation' | 'phase'
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  readonly dualRows?: readonly string[]
  /** Number of units on the interface. */
  readonly units: number
  /** First row and column acted on; 0 by default. */
  readonly offset?: number
}
