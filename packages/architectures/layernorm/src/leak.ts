/**
 * The leak `-Σ_{j≠h} w_j/(d σ₀)` of the living channels into a dead one through a layer normalisation.
 * Of the inputs `w` it is the dead normalised output. Of the gradients `w` at the outputs it is the gradient at the dead input where
 * the living inputs are centred; elsewhere `-z_h Σ_{j≠h} w_j z_j/(d σ₀)` joins it, `z` the normalised outputs.
 * Source: arXiv 2606.05957, row C8.
 *
 * @param values `w`, one per channel; the dead one's is not read
 * @param dead index of the dead channel
 * @param deviation root of the input's variance, `σ₀`, in the input's unit
 * @returns amplitude of the leak
 * @throws RangeError when there is no such channel, or the deviation is not positive
 * @example
 * import { leakAmplitude } from '@dead-directions/arch-layernorm'
 * leakAmplitude({ values: [1, 2, 3, 0], dead: 3, deviation: 0.5 }) // -3
 */
export function leakAmplitude({ values, dead, deviation }: { readonly values: ArrayLike<number>; readonly dead: number; readonly deviation: number }): number {
  const width = values.length
  if (!(Number.isInteger(dead) && dead >= 0 && dead < width)) throw new RangeError(`dead: got ${dead}, expected an index below ${width}`)
  if (!(deviation > 0)) throw new RangeError(`deviation: got ${deviation}, expected a positive number`)
  let living = 0
  for (let j = 0; j < width; j++) if (j !== dead) living += values[j] as number
  return -living / (width * deviation)
}

/**
 * `E[1/σ₀²]` of a layer normalisation whose living inputs are independent standard normals and whose dead one is zero:
 * the size of the leak's second moment. Finite when the width is at least 4, since `σ₀²` is a positive form in `width - 1` normals.
 * It is `d^{3/2} ∫₀¹ p^{d-4} (1 + (d-1)p²)^{-1/2} dp`, integrated by parts. Source: arXiv 2606.05957, row C8.
 *
 * @param width number of channels `d`, the dead one included, at least 2
 * @returns expectation, `Infinity` below width 4
 * @throws RangeError when the width is not a whole number of at least 2
 * @example
 * import { inverseVarianceMoment } from '@dead-directions/arch-layernorm'
 * inverseVarianceMoment(4) // 8 ln(2 + √3)/√3 = 6.0827…
 * inverseVarianceMoment(3) // Infinity
 */
export function inverseVarianceMoment(width: number): number {
  if (!(Number.isInteger(width) && width >= 2)) throw new RangeError(`width: got ${width}, expected a whole number of at least 2`)
  if (width < 4) return Infinity
  const [living, root] = [width - 1, Math.sqrt(width)]
  const odd = width % 2
  let integral = odd === 0 ? Math.asinh(Math.sqrt(living)) / Math.sqrt(living) : (root - 1) / living
  for (let n = 2 + odd; n <= width - 4; n += 2) integral = (root - (n - 1) * integral) / (living * n)
  return width * root * integral
}
