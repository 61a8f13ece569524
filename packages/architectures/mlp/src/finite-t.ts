/** A second moment along an approach at every `t`, not its leading power alone. */
export interface FiniteCurve {
  /** The second moment at `t`. @throws RangeError for `t` out of range */
  moment(t: number): number
  /** Its local slope `d log moment/d log t`. @throws RangeError for `t` out of range */
  slope(t: number): number
  /** Where the leading powers at small and at large `t` meet; `null` where one power holds throughout. */
  readonly crossover: number | null
}

/**
 * The dead channel's forward second moment behind `depth` linear layers whose dead weight and dead bias are both `t`:
 * exactly `E[(t^ℓ x + Σ_{j=1..ℓ} t^j)²]`. The bias caps its rate at 2 below the crossover `E[x²]^{-1/(2(ℓ-1))}`; the ladder's rate `2ℓ`
 * shows above it where dead inputs are large. Source: arXiv 2606.05957, row C5.
 *
 * @param options `depth`: number of layers `ℓ`, at least 1; `mean` and `meanSquare`: `E[x]` and `E[x²]` of the dead input
 * @returns curve for every positive `t`, in the square of the input's unit
 * @throws RangeError when the depth is no whole number, or no input has such moments
 * @example
 * import { biasCap } from '@dead-directions/arch-mlp'
 * const { moment, crossover } = biasCap({ depth: 3, mean: 0, meanSquare: 1e8 })
 * moment(0.5) // 0.5⁶ 1e8 + 0.875² = 1562500.765625
 * crossover // 0.01
 */
export function biasCap({ depth, mean, meanSquare }: { readonly depth: number; readonly mean: number; readonly meanSquare: number }): FiniteCurve {
  checkCount('depth', depth)
  if (!(meanSquare > 0 && meanSquare < Infinity && mean * mean <= meanSquare)) {
    throw new RangeError(`mean, meanSquare: got ${mean} and ${meanSquare}, expected a positive mean square that is at least the mean's square`)
  }
  const parts = (t: number): { moment: number; change: number } => {
    if (!(t > 0 && t < Infinity)) throw new RangeError(`t: got ${t}, expected a positive number`)
    let [bias, biasChange] = [0, 0]
    for (let j = depth; j >= 1; j--) {
      bias += t ** j
      biasChange += j * t ** j
    }
    // The variance apart from the mean: where both nearly cancel, the moment is a sum of squares.
    const [carried, offset] = [t ** (2 * depth) * (meanSquare - mean * mean), t ** depth * mean + bias]
    return { moment: carried + offset * offset, change: 2 * depth * carried + 2 * offset * (depth * t ** depth * mean + biasChange) }
  }
  return curve(parts, depth === 1 ? null : meanSquare ** (-1 / (2 * (depth - 1))))
}

/**
 * The second moment of the gradient along the dead direction below `above` ReLU layers `R diag(1, t) Rᵀ`, `R` a rotation: exact for two
 * features whose inputs favour no direction and unit output gradients, at every angle and every `t` below 1.
 *
 * The gates stand in the unrotated basis, so that a living gradient leaks into the dead direction `(sin, cos)`. At small `t` the
 * moment is a plateau, `½ sin²` for small angles; at large `t` it is the ladder `½ t^{2K}`; they meet at `Θ(sin^{1/K})`. Between `t ≈ sin`
 * and there the plateau has half its height, since the dead unit's gate opens for half of the samples that leaked: a sum
 * `plateau + ladder` of the two powers is right in order, not in size. Source: arXiv 2606.05957, row C4.
 *
 * @param options `angle`: of the rotation, between 0 and π/2 (turned the other way both gates open at once and nothing leaks);
 *   `above`: number of layers `K` above the one whose gradient is read, at least 1
 * @returns curve for `t` between 0 and 1, in the unit of the output gradient's second moment per output
 * @throws RangeError when the angle is out of range or `above` is no whole number
 * @example
 * import { rotationLeak } from '@dead-directions/arch-mlp'
 * const { slope, crossover } = rotationLeak({ angle: 1e-3, above: 2 })
 * crossover // 0.0316… = √sin
 * slope(1e-6) // -0.0003…
 * slope(0.3) // 4.005…
 */
export function rotationLeak({ angle, above }: { readonly angle: number; readonly above: number }): FiniteCurve {
  checkCount('above', above)
  if (!(angle > 0 && angle < Math.PI / 2)) throw new RangeError(`angle: got ${angle}, expected one between 0 and π/2`)
  const parts = (t: number): { moment: number; change: number } => {
    if (!(t > 0 && t < 1)) throw new RangeError(`t: got ${t}, expected a number between 0 and 1`)
    const pieces = [...closures(angle, above, t), allOpen(angle, above, t)]
    return {
      moment: pieces.reduce((total, { share, value }) => total + share * value, 0),
      change: pieces.reduce((total, { share, shareChange, value, valueSlope }) => total + (shareChange + share * valueSlope) * value, 0),
    }
  }
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)]
  const plateau = (sine * cosine ** (2 * above - 1)) ** 2 + (cosine * sine ** (2 * above - 1)) ** 2
  return curve(parts, plateau ** (1 / (2 * above)))
}

/** Inputs with one pattern of gates: their share, the moment they pass, and both changes with `log t` (of the moment relative). */
interface Piece {
  readonly share: number
  readonly shareChange: number
  readonly value: number
  readonly valueSlope: number
}

/**
 * The inputs for which all gates are open below layer `j` and one closes there, for good: the dead unit's, so that the living
 * gradient leaks, or the living unit's. An input `(a, b)` in the rotated basis meets `a cos + t^j b sin > 0` at the living unit and
 * `t^j b cos - a sin > 0` at the dead one: each pattern is a range of directions.
 */
function closures(angle: number, above: number, t: number): readonly Piece[] {
  return Array.from({ length: above }, (_, i) => i + 1).flatMap(j => [closure(angle, above, t, j), closure(Math.PI / 2 - angle, above, t, j)])
}

/** The dead unit's gate closing at layer `j`; the living unit's is the same at the complement of the angle. */
function closure(angle: number, above: number, t: number, j: number): Piece {
  const [sine, cosine, tangent] = [Math.sin(angle) ** 2, Math.cos(angle) ** 2, Math.tan(angle)]
  const here = turn(tangent, t, j)
  // Of the directions closed at layer j those of the layer below are taken off; at the first the half plane b < 0 joins them.
  const [other, sign] = j === 1 ? [turn(1 / tangent, t, 1), 1] : [turn(tangent, t, j - 1), -1]
  // Through one open unit a layer is the factor cos² + t sin²; of the last layer both outputs count.
  const factor = cosine + t * sine
  const last = cosine + t * t * sine
  return {
    share: here.share + sign * other.share,
    shareChange: here.change + sign * other.change,
    value: t ** (2 * (j - 1)) * sine * factor ** (2 * (above - j)) * last,
    valueSlope: 2 * (j - 1) + (2 * (above - j) * t * sine) / factor + (2 * t * t * sine) / last,
  }
}

/** Every gate open: the ladder alone. */
function allOpen(angle: number, above: number, t: number): Piece {
  const [dead, living] = [turn(Math.tan(angle), t, above), turn(1 / Math.tan(angle), t, above)]
  return { share: 1 / 2 - dead.share - living.share, shareChange: -dead.change - living.change, value: t ** (2 * above), valueSlope: 2 * above }
}

/** Share `arctan(tan/t^j)/2π` of all directions, and its change with `log t`. */
function turn(tangent: number, t: number, j: number): { share: number; change: number } {
  const ratio = tangent / t ** j
  return { share: Math.atan(ratio) / (2 * Math.PI), change: (-j * ratio) / (1 + ratio * ratio) / (2 * Math.PI) }
}

function curve(parts: (t: number) => { moment: number; change: number }, crossover: number | null): FiniteCurve {
  return {
    moment: t => parts(t).moment,
    slope: t => {
      const { moment, change } = parts(t)
      return change / moment
    },
    crossover,
  }
}

function checkCount(name: string, value: number): void {
  if (!(Number.isInteger(value) && value >= 1)) throw new RangeError(`${name}: got ${value}, expected a whole number of at least 1`)
}
