export { attention } from './attention.ts'
export { type AttentionSpec, attentionSpec } from './spec.ts'
