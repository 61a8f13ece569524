export { softmaxHead } from './softmax-head.ts'
export { type SoftmaxHeadSpec, softmaxHeadSpec } from './spec.ts'
