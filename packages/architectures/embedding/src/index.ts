export { embedding } from './embedding.ts'
export { type EmbeddingSpec, embeddingSpec } from './spec.ts'
export { checkTokens } from './tokens.ts'
