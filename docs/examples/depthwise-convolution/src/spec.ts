import { type Type, type } from 'arktype'

/** Configuration of a causal depthwise convolution with a linear map behind it. */
export interface DepthwiseConvolutionSpec {
  /** Features in and out. */
  readonly width: number
  /** Positions that an output sees: its own and those before it. */
  readonly kernel: number
}

/** Schema of {@link DepthwiseConvolutionSpec}. */
export const depthwiseConvolutionSpec: Type<DepthwiseConvolutionSpec> = type({
  '+': 'reject',
  width: 'number.integer >= 1',
  kernel: 'number.integer >= 1',
}) as unknown as Type<DepthwiseConvolutionSpec>
