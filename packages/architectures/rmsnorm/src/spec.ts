import { type Type, type } from 'arktype'

/** Configuration of a root-mean-square normalisation over the last axis. */
export interface RmsNormSpec {
  /** At least 2: one channel alone is only a sign. */
  readonly width: number
  /** Added to the mean square. Default 0. */
  readonly epsilon?: number
}

/** Schema of {@link RmsNormSpec}. */
export const rmsnormSpec: Type<RmsNormSpec> = type({
  '+': 'reject',
  width: 'number.integer >= 2',
  'epsilon?': 'number >= 0',
}) as unknown as Type<RmsNormSpec>
