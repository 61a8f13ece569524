import type { Kernel, TensorData } from '@dead-directions/registry'

/**
 * The direction `γ⁻¹/‖γ⁻¹‖` in which a layer normalisation's output never varies, whatever its input; of the scales alone.
 * Where scales are zero it is the limit: the direction of their channels.
 * Source: arXiv 2606.05957, row C8; arXiv 2606.19491.
 *
 * @param gamma scale of every channel, `[width]`
 * @returns unit vector, `[width]`
 * @throws RangeError when there is no scale, or one is not finite
 * @example
 * import { normalisationKernel } from '@dead-directions/arch-layernorm'
 * normalisationKernel(Float64Array.of(1, 1, 1, 1)) // [0.5, 0.5, 0.5, 0.5]
 */
export function normalisationKernel(gamma: Float64Array): Float64Array {
  const wrong = gamma.length === 0 ? 'no values' : gamma.find(scale => !Number.isFinite(scale))
  if (wrong !== undefined) throw new RangeError(`gamma: got ${wrong}, expected finite scales`)
  // Relative to the least scale: no inverse is infinite.
  const least = gamma.reduce((least, scale) => Math.min(least, Math.abs(scale)), Infinity)
  const inverse = gamma.map(scale => (scale === 0 ? 1 : least / scale))
  const length = Math.hypot(...inverse)
  return inverse.map(entry => entry / length)
}

/** The one direction of {@link normalisationKernel}. */
export function kernels(parameters: Readonly<Record<string, TensorData>>): readonly Kernel[] {
  return [{ label: 'inverse scales of the layer normalisation', direction: normalisationKernel((parameters['gamma'] as TensorData).data) }]
}
