import { type Type, type } from 'arktype'

/** Configuration of a token embedding. */
export interface EmbeddingSpec {
  /** Tokens are the whole numbers below this. */
  readonly vocabulary: number
  /** Number of features. */
  readonly width: number
  /** Longest sequence that learned positions are there for; none are learned by default. */
  readonly positions?: number
}

/** Schema of {@link EmbeddingSpec}. */
export const embeddingSpec: Type<EmbeddingSpec> = type({
  '+': 'reject',
  vocabulary: 'number.integer >= 1',
  width: 'number.integer >= 1',
  'positions?': 'number.integer >= 1',
}) as unknown as Type<EmbeddingSpec>
