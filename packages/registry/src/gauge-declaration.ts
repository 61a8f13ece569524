/**
 * A group that acts on the interface between two maps and leaves the loss unchanged:
 * on the rows of `rows` (biases included) and inversely on the columns of `columns`. Names are parameters of one node.
 * Source: arXiv 2606.05957, row D1.
 */
export interface GaugeDeclaration {
  readonly kind: 'rescaling' | 'general-linear' | 'permutation' | 'sign'
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  /** Number of units on the interface. */
  readonly units: number
}
