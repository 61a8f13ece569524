import { type Type, type } from 'arktype'

/** Configuration of a linear map to class logits. */
export interface SoftmaxHeadSpec {
  readonly in: number
  /** Number of classes. */
  readonly classes: number
  /** Default `false`. */
  readonly bias?: boolean
  /** Of a sequence, the positions that get logits. Default `all`. */
  readonly positions?: 'all' | 'last'
}

/** Schema of {@link SoftmaxHeadSpec}. */
export const softmaxHeadSpec: Type<SoftmaxHeadSpec> = type({
  '+': 'reject',
  in: 'number.integer >= 1',
  classes: 'number.integer >= 2',
  'bias?': 'boolean',
  'positions?': "'all' | 'last'",
}) as unknown as Type<SoftmaxHeadSpec>
