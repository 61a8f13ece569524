import { type Matrix, singularValues } from '@dead-directions/linalg'

/** A number and by how much rounding can have moved it. */
export interface Estimate {
  readonly value: number
  readonly error: number
}

/** How exact the entries of a data matrix are. */
export interface Precision {
  /** Relative spacing of the numbers that they were computed with; that of a float64 by default. */
  readonly epsilon?: number
}

/** What one layer's data matrix says of its dead directions. */
export interface LayerSignature {
  /** Of the data matrix, descending; as many as its shorter side. */
  readonly singularValues: Float64Array
  /** `epsilon · max(rows, cols) · σ₁`: rounding of the entries moves a singular value by no more, and values up to it are not told from zero. */
  readonly threshold: number
  /** How many singular values are above the threshold. */
  readonly rank: number
  /** The smallest singular value, zero of a matrix with fewer rows than columns. */
  readonly bottom: Estimate
  /** `exp H` of the shares `σ²/Σσ²`: as many equal values have this entropy. */
  readonly effectiveRank: Estimate
  /** `log det⁺(G) = Σ log σ²` over the values above the threshold, G = dataᵀ data; natural logarithm. */
  readonly activeVolume: Estimate
}

/**
 * Bottom singular value, effective rank and active volume of one layer, from its data matrix and never from a Gram matrix,
 * whose eigenvalues lose every singular value below the root of the precision.
 * Source: arXiv 2606.21158, row F2; effective rank: Roy & Vetterli 2007.
 *
 * @param data activations or per-sample gradients, one row per sample and position; only a Gram matrix at hand: the factor of its pivoted Cholesky decomposition, which has the data's singular values
 * @throws RangeError when there are no entries, or all are zero
 * @example
 * import { fromRows } from '@dead-directions/linalg'
 * import { layerSignature } from '@dead-directions/signatures'
 * const { rank, activeVolume } = layerSignature(fromRows([[1, 0, 0], [0, 1e-6, 0], [0, 0, 0]]))
 * rank // 2
 * activeVolume.value // 2 log 1e-6
 */
export function layerSignature(data: Matrix, { epsilon = Number.EPSILON }: Precision = {}): LayerSignature {
  if (data.data.length === 0) throw new RangeError(`data: got ${data.rows} × ${data.cols}, expected at least one entry`)
  const values = singularValues(data)
  const threshold = epsilon * Math.max(data.rows, data.cols) * (values[0] as number)
  if (threshold === 0) throw new RangeError('data: got zeros only, expected a layer that something reaches')
  const active = values.filter(value => value > threshold)
  return {
    singularValues: values,
    threshold,
    rank: active.length,
    bottom: data.rows < data.cols ? { value: 0, error: 0 } : { value: values.at(-1) as number, error: threshold },
    effectiveRank: effectiveRank(values, threshold),
    activeVolume: {
      value: active.reduce((sum, value) => sum + 2 * Math.log(value), 0),
      error: active.reduce((sum, value) => sum - 2 * Math.log1p(-threshold / value), 0),
    },
  }
}

function effectiveRank(values: Float64Array, threshold: number): Estimate {
  const relative = values.map(value => value / (values[0] as number))
  const total = relative.reduce((sum, value) => sum + value * value, 0)
  const logShare = (value: number): number => (value === 0 ? 0 : 2 * Math.log(value) - Math.log(total))
  const entropy = -relative.reduce((sum, value) => sum + ((value * value) / total) * logShare(value), 0)
  // ∂H/∂σ = -(2σ/Σσ²)(log share + H).
  const slope = relative.reduce((sum, value) => sum + ((2 * value) / total) * Math.abs(logShare(value) + entropy), 0)
  return { value: Math.exp(entropy), error: Math.exp(entropy) * slope * (threshold / (values[0] as number)) }
}
