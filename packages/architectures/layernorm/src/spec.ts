import { type Type, type } from 'arktype'

/** Configuration of a layer normalisation over the last axis. */
export interface LayerNormSpec {
  /** At least 3: two centred channels of unit size are only signs. */
  readonly width: number
  /** Added to the variance. Default 0. */
  readonly epsilon?: number
  /** Whether a shift `beta` follows. Default `false`. */
  readonly bias?: boolean
}

/** Schema of {@link LayerNormSpec}. */
export const layernormSpec: Type<LayerNormSpec> = type({
  '+': 'reject',
  width: 'number.integer >= 3',
  'epsilon?': 'number >= 0',
  'bias?': 'boolean',
}) as unknown as Type<LayerNormSpec>
