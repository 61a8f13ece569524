export { depthwiseConvolution } from './depthwise-convolution.ts'
export { type DepthwiseConvolutionSpec, depthwiseConvolutionSpec } from './spec.ts'
