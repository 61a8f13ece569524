/** Units of a parameter that a group acts on: neighbouring rows, or neighbouring columns, of which `tile` make one unit. */
export interface UnitBlock {
  readonly parameter: string
  /** First row or column; 0 by default. */
  readonly offset?: number
  /** 1 by default; the width of a head where heads are the units. */
  readonly tile?: number
}

/**
 * Positive diagonal, invertible, permutation, diagonal of signs, or orthogonal matrices over the units; `phase`: one rotation
 * per pair of neighbours; `translation`: one number added to all entries of a unit.
 */
export type GaugeKind = 'rescaling' | 'general-linear' | 'permutation' | 'sign' | 'rotation' | 'phase' | 'translation'

/**
 * A group that acts on parameters of one node and leaves its output unchanged.
 * An element `g` of it acts on the units of everything in `rows` (biases and scales included) as `g`, on those of `dualRows` as
 * the inverse transpose of `g`, and on the columns of everything in `columns` as the inverse; a translation adds on `rows` and
 * subtracts elsewhere. A name alone stands for the units from the first row or column on, and a parameter may come several
 * times, with different offsets. Source: arXiv 2606.05957, row D1.
 */
export interface GaugeDeclaration {
  readonly kind: GaugeKind
  readonly rows: readonly (string | UnitBlock)[]
  readonly columns: readonly (string | UnitBlock)[]
  readonly dualRows?: readonly (string | UnitBlock)[]
  /** Number of units. */
  readonly units: number
}

/** Parameters whose rows make the features of a node's output, and the groups that acting on these rows lets act on the output. */
export interface Writers {
  readonly rows: readonly string[]
  readonly kinds: readonly GaugeKind[]
}
