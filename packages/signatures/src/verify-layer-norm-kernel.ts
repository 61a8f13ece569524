import { type Matrix, matrix, norm, svd } from '@dead-directions/linalg'
import type { Precision } from './layer-signature.ts'

/** What activations behind a normalisation say of it. */
export interface KernelVerdict {
  /** `layernorm`: they never vary along the kernel; `rmsnorm`: they do, on an ellipsoid; null where `refused` says why it is neither said. */
  readonly normalisation: 'layernorm' | 'rmsnorm' | 'none' | null
  readonly refused: string | null
  /** Length of the kernel's part in the directions in which the centred activations do not vary; where there is none, in that of least variance. */
  readonly overlap: number
  /** Smallest singular value of the centred activations over the largest. */
  readonly smallest: number
  /** The largest that this ratio can be by rounding: `epsilon · max(rows, cols)`. */
  readonly threshold: number
  /** How many directions the activations do not vary in. */
  readonly nullity: number
}

/** Four decimals of the overlap. */
const decimals = 5e-5

/** Spread of lengths on an ellipsoid, which what is added to the variance widens. */
const ellipsoid = 1e-3

/**
 * Whether activations never vary along the kernel `γ⁻¹/‖γ⁻¹‖`, as behind a layer normalisation, or else keep `‖x/γ‖`, as behind
 * an RMS normalisation. Source: arXiv 2606.19491, row F3; arXiv 2606.05957, row C8.
 *
 * @param kernel unit vector from the scales alone, as `normalisationKernel` of `@dead-directions/arch-layernorm` gives it
 * @param activations outputs of the normalisation, a row per sample and position; more rows than columns
 * @throws RangeError when the widths differ
 * @example
 * import { matrix } from '@dead-directions/linalg'
 * import { verifyLayerNormKernel } from '@dead-directions/signatures'
 * // Rows of mean zero: no variance along (1, 1, 1).
 * const rows = Float64Array.of(1, -1, 0, 0, 1, -1, 2, -1, -1, -3, 1, 2)
 * verifyLayerNormKernel(new Float64Array(3).fill(1 / Math.sqrt(3)), matrix(4, 3, rows)).normalisation // 'layernorm'
 */
export function verifyLayerNormKernel(kernel: Float64Array, activations: Matrix, { epsilon = Number.EPSILON }: Precision = {}): KernelVerdict {
  const { rows, cols } = activations
  if (kernel.length !== cols) throw new RangeError(`kernel: got ${kernel.length} entries, expected ${cols}, one for each column of the activations`)
  const { s, v } = svd(centred(activations))
  const threshold = epsilon * Math.max(rows, cols)
  const [largest, smallest] = [s[0] as number, s.at(-1) as number]
  const nullity = cols - s.filter(value => value > threshold * largest).length
  const parts = Array.from({ length: Math.min(Math.max(1, nullity), s.length) }, (_, i) => along(kernel, v, s.length - 1 - i))
  const reading = { overlap: Math.min(1, norm(Float64Array.from(parts))), smallest: largest === 0 ? 0 : smallest / largest, threshold, nullity }
  if (rows <= cols) return { ...reading, normalisation: null, refused: `${rows} activations leave directions of ${cols} unseen, more than ${cols} are needed` }
  if (nullity > 0 && reading.overlap >= 1 - decimals) return { ...reading, normalisation: 'layernorm', refused: null }
  const spread = relativeSpread(rowLengths(activations, kernel))
  if (Number.isNaN(spread)) return { ...reading, normalisation: null, refused: 'the activations are zero wherever the kernel is not' }
  return { ...reading, normalisation: spread < ellipsoid ? 'rmsnorm' : 'none', refused: null }
}

function along(kernel: Float64Array, v: Matrix, column: number): number {
  return kernel.reduce((sum, entry, i) => sum + entry * (v.data[i * v.cols + column] as number), 0)
}

function centred({ rows, cols, data }: Matrix): Matrix {
  const means = new Float64Array(cols)
  data.forEach((x, i) => (means[i % cols] = (means[i % cols] as number) + x / rows))
  return matrix(rows, cols, data.map((x, i) => x - (means[i % cols] as number)))
}

/** Up to one factor, of every row its length over the scales. */
function rowLengths({ rows, cols, data }: Matrix, kernel: Float64Array): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => norm(data.subarray(i * cols, (i + 1) * cols).map((x, j) => x * (kernel[j] as number))))
}

function relativeSpread(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return norm(values.map(value => value - mean)) / (Math.sqrt(values.length) * mean)
}
