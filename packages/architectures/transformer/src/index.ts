export { transformerBlock } from './transformer-block.ts'
export { type TransformerBlockSpec, transformerBlockSpec } from './spec.ts'
