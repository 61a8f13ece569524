import type { TensorData } from '@dead-directions/registry'
import type { EmbeddingSpec } from './spec.ts'

/** The last feature. */
export function deadChannel(spec: EmbeddingSpec): number {
  return spec.width - 1
}

/**
 * Rows of a cosine basis over the tokens, orthogonal and of mean square one while there are no more features than tokens, the last times `t`;
 * the same over the positions. Source: arXiv 2606.05957, row C2.
 */
export function canonicalApproach(spec: EmbeddingSpec, t: number): Record<string, TensorData> {
  return {
    weight: cosines(spec, spec.vocabulary, t),
    ...(spec.positions === undefined ? {} : { 'position.weight': cosines(spec, spec.positions, t) }),
  }
}

/** `[width, count]`, the discrete cosine basis row by row, begun again where it ends. */
function cosines(spec: EmbeddingSpec, count: number, t: number): TensorData {
  const data = new Float64Array(spec.width * count)
  for (let i = 0; i < spec.width; i++) {
    const frequency = i % count
    const size = (frequency === 0 ? 1 : Math.SQRT2) * (i === deadChannel(spec) ? t : 1)
    for (let j = 0; j < count; j++) data[i * count + j] = size * Math.cos((Math.PI * frequency * (j + 0.5)) / count)
  }
  return { shape: [spec.width, count], data }
}
