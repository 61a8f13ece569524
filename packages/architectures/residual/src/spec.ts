import { type Type, type } from 'arktype'

/** Configuration of a sum `Σᵢ sᵢ xᵢ`. */
export interface ResidualSpec {
  /** How many inputs are summed. */
  readonly inputs: number
  /** One fixed factor per input, any number but zero; 1 by default. */
  readonly scales?: readonly number[]
}

/** Schema of {@link ResidualSpec}. */
export const residualSpec: Type<ResidualSpec> = type({
  '+': 'reject',
  inputs: 'number.integer >= 2',
  'scales?': type('number')
    .narrow((scale, context) => scale !== 0 || context.reject({ expected: 'a number other than 0' }))
    .array(),
}).narrow((spec, context) => {
  const fits = spec.scales === undefined || spec.scales.length === spec.inputs
  return fits || context.reject({ expected: `one factor for each of ${spec.inputs} inputs`, path: ['scales'], data: spec.scales })
}) as unknown as Type<ResidualSpec>
