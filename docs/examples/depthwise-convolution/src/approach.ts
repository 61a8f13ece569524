import type { TensorData } from '@dead-directions/registry'
import type { DepthwiseConvolutionSpec } from './spec.ts'

/** The last channel. */
export function deadChannel({ width }: DepthwiseConvolutionSpec): number {
  return width - 1
}

/**
 * Every kernel looks at its own position only and the linear map is diagonal, with 1 for the living channels and `t` for the dead one.
 */
export function canonicalApproach(spec: DepthwiseConvolutionSpec, t: number): Record<string, TensorData> {
  const { width, kernel } = spec
  const depthwise = new Float64Array(width * kernel)
  const pointwise = new Float64Array(width * width)
  for (let c = 0; c < width; c++) {
    const size = c === deadChannel(spec) ? t : 1
    depthwise[c * kernel] = size
    pointwise[c * width + c] = size
  }
  return {
    'depthwise.weight': { shape: [width, kernel], data: depthwise },
    'pointwise.weight': { shape: [width, width], data: pointwise },
  }
}
