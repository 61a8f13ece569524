import { BadInput } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import type { EmbeddingSpec } from './spec.ts'

/**
 * Throws unless every value is a token of the vocabulary.
 *
 * @param tokens values in any order
 * @throws BadInput naming the first that is not a whole number from 0 to `vocabulary - 1`
 * @example
 * import { checkTokens } from '@dead-directions/arch-embedding'
 * checkTokens({ vocabulary: 10, width: 4 }, [0, 9, 3])
 */
export function checkTokens({ vocabulary }: EmbeddingSpec, tokens: ArrayLike<number>): void {
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as number
    if (!(Number.isInteger(token) && token >= 0 && token < vocabulary)) {
      throw new BadInput('embedding.tokens', token, `whole numbers from 0 to ${vocabulary - 1}`)
    }
  }
}

/** `[..., vocabulary]`: rows with a one at each token, or of zeros for what is no token where the backend cannot be asked cheaply. */
export function oneHot(spec: EmbeddingSpec, tokens: tf.Tensor): tf.Tensor {
  // Reading back from a GPU would wait for it.
  if (!['webgpu', 'webgl'].includes(tf.getBackend())) checkTokens(spec, tokens.dataSync())
  return tf.oneHot(tf.cast(tokens, 'int32'), spec.vocabulary, 1, 0, 'float32')
}
