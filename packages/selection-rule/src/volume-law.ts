import type { Matrix } from '@dead-directions/linalg'
import { type Candidate, fitCandidate } from './volume-law-candidate.ts'
import { whitening } from './volume-law-whitening.ts'

/** λ and m read from sublevel volumes. */
export interface VolumeLaw {
  readonly kind: 'volume law'
  readonly lambda: number
  readonly standardError: number
  readonly multiplicity: number
  /** Levels that were used, the lowest to the highest. */
  readonly window: readonly [epsilonMin: number, epsilonMax: number]
  /** Number of levels in the window. */
  readonly points: number
  /** How each multiplicity fits. */
  readonly candidates: readonly VolumeLawCandidate[]
}

/** One multiplicity, on the largest window that it fits. */
export interface VolumeLawCandidate extends Candidate {
  /** Lowest and highest level that were used. */
  readonly window: readonly [epsilonMin: number, epsilonMax: number]
  /** Number of levels in the window. */
  readonly points: number
  /** Probability of this multiplicity among those tried, each equally likely before. */
  readonly probability: number
}

/** Why no λ and m could be read. */
export interface VolumeLawRefusal {
  readonly kind: 'refused'
  readonly reason: string
  /** How each multiplicity fits. */
  readonly candidates: readonly VolumeLawCandidate[]
}

/** How {@link fitVolumeLaw} judges the volumes. */
export interface VolumeLawOptions {
  /** Largest multiplicity tried; 4 by default. The number of coordinates is always enough. */
  readonly mostMultiplicity?: number
  /** Probability that the chosen multiplicity has to reach; 0.95 by default. */
  readonly confidence?: number
  /** Fewest levels in a window; 6 by default. */
  readonly minPoints?: number
}

/** A model is rejected when a misfit as large as its own comes up less often than this. */
const rejection = 0.01
/** The highest level is left out where it raises χ² by more than this. */
const mostPull = 2

/**
 * λ and m from sublevel volumes, `V(ε) ~ c ε^λ (log 1/ε)^{m-1}`.
 *
 * Fits `log V = λ log ε + (m-1) log(log 1/ε + s) + c` for each m, by least squares weighted with the covariance. The shift
 * s holds the unit of ε and the first lower order of the logarithm, and stays between -1/2 and 1 of the least log 1/ε in the
 * window; m = 1 has none, m ≥ 3 has the further lower orders `(log 1/ε + s)^{-j}`, 2 ≤ j < m, as well. Where an m does not
 * fit, or the highest level of its window lies off the line of the others, the highest levels are left out for it one by one. Multiplicities are weighed by
 * `exp(-χ²/2) n^{-p/2}` with n levels and p parameters, a level that is left out being one (the Schwarz criterion).
 *
 * @param levels values of ε, positive, below 1 and different from each other
 * @param volumes one per level, positive
 * @param errors standard errors of the volumes, or their covariance matrix
 * @returns λ with its standard error, or a refusal: no m fits, or two cannot be told apart
 * @throws RangeError when lengths differ or a number is out of range.
 * @see arXiv 2606.05957, rows B2, B3 and B8; G. Schwarz, "Estimating the dimension of a model", 1978.
 * @example
 * import { fitVolumeLaw, unitCubeSublevelVolume } from '@dead-directions/selection-rule'
 *
 * const levels = Array.from({ length: 12 }, (_, i) => 10 ** -(2 + 2 * i))
 * const volumes = levels.map(epsilon => unitCubeSublevelVolume(2, Math.sqrt(epsilon))) // K = x²y²
 * fitVolumeLaw(levels, volumes, volumes.map(volume => volume / 1000)) // λ = 1/2, m = 2
 */
export function fitVolumeLaw(levels: ArrayLike<number>, volumes: ArrayLike<number>, errors: ArrayLike<number> | Matrix, options: VolumeLawOptions = {}): VolumeLaw | VolumeLawRefusal {
  const { mostMultiplicity = 4, confidence = 0.95, minPoints = 6 } = options
  checkArguments(levels, volumes, errors, minPoints)
  const order = Array.from(levels, (_, i) => i).sort((a, b) => levels[a]! - levels[b]!)
  if (order.length < minPoints) return { kind: 'refused', reason: `${order.length} levels, at least ${minPoints} are needed`, candidates: [] }
  // Each needs a level more than it has parameters.
  const multiplicities = Array.from({ length: Math.min(mostMultiplicity, order.length - 2) }, (_, i) => i + 1)
  const inWindow = (m: number, points: number): Windowed => {
    const window = order.slice(0, points)
    const [depths, logs] = [Float64Array.from(window, i => -Math.log(levels[i]!)), Float64Array.from(window, i => Math.log(volumes[i]!))]
    return { ...fitCandidate(m, depths, logs, whitening(window, volumes, errors)), points, window: [levels[window[0]!]!, levels[window.at(-1)!]!] }
  }
  const candidates = weighed(multiplicities.map(m => longestFit(points => inWindow(m, points), order.length, Math.max(minPoints, m + 2))), order.length)
  return decided(candidates, confidence, minPoints)
}

type Windowed = Omit<VolumeLawCandidate, 'probability'>

/**
 * The fit on the largest window where the model holds, or on the smallest one where it never does. χ² alone passes a
 * power of ε that bends the highest levels by less than the noise of all; so the highest one of a window has to lie where the others say. Where levels are left out, one
 * more is: what bends them is not gone at the next.
 */
function longestFit(fit: (points: number) => Windowed, most: number, least: number): Windowed {
  let candidate = fit(most)
  for (let points = most; points > least; points--) {
    const shorter = fit(points - 1)
    if (candidate.fitProbability > rejection && candidate.chiSquared - shorter.chiSquared <= mostPull) return points === most ? candidate : shorter
    candidate = shorter
  }
  return candidate
}

/** Probabilities by the Schwarz criterion; a level that is left out counts as one that has a parameter of its own. */
function weighed(candidates: readonly Windowed[], levels: number): VolumeLawCandidate[] {
  const scores = candidates.map(({ chiSquared, freedom, fitProbability }) => (fitProbability > rejection ? (chiSquared - freedom * Math.log(levels)) / 2 : Infinity))
  const best = Math.min(...scores)
  const likelihoods = scores.map(score => (score === Infinity ? 0 : Math.exp(best - score)))
  const total = likelihoods.reduce((sum, likelihood) => sum + likelihood, 0)
  return candidates.map((candidate, i) => ({ ...candidate, probability: total === 0 ? 0 : likelihoods[i]! / total }))
}

function decided(candidates: readonly VolumeLawCandidate[], confidence: number, minPoints: number): VolumeLaw | VolumeLawRefusal {
  const [best, second] = [...candidates].sort((a, b) => b.probability - a.probability)
  if (best!.probability === 0) {
    const closest = candidates.reduce((a, b) => (b.chiSquared < a.chiSquared ? b : a))
    const misfit = `χ² = ${closest.chiSquared.toPrecision(3)} for ${closest.freedom} degrees of freedom at m = ${closest.multiplicity}`
    return { kind: 'refused', reason: `no multiplicity up to ${candidates.length} fits, even on the lowest ${minPoints} levels: ${misfit}`, candidates }
  }
  if (best!.probability < confidence) {
    const text = ({ multiplicity, lambda, probability }: VolumeLawCandidate): string => `m = ${multiplicity} with λ = ${lambda.toPrecision(4)} (probability ${probability.toFixed(2)})`
    return { kind: 'refused', reason: `${text(best!)} and ${text(second!)} cannot be told apart at ${confidence}: lower levels or smaller errors are needed`, candidates }
  }
  const { lambda, standardError, multiplicity, window, points } = best!
  return { kind: 'volume law', lambda, standardError, multiplicity, window, points, candidates }
}

function checkArguments(levels: ArrayLike<number>, volumes: ArrayLike<number>, errors: ArrayLike<number> | Matrix, minPoints: number): void {
  const size = 'length' in errors ? errors.length : errors.rows
  if (volumes.length !== levels.length) throw new RangeError(`volumes: got ${volumes.length} entries, expected ${levels.length}, one per level`)
  if (size !== levels.length) throw new RangeError(`errors: got ${size} entries, expected ${levels.length}, one per level`)
  if (!Number.isInteger(minPoints) || minPoints < 4) throw new RangeError(`minPoints: got ${minPoints}, expected a whole number of at least 4`)
  for (let i = 0; i < levels.length; i++) {
    if (!(levels[i]! > 0 && levels[i]! < 1)) throw new RangeError(`levels[${i}]: got ${levels[i]}, expected a number between 0 and 1`)
    if (!(volumes[i]! > 0 && volumes[i]! < Infinity)) throw new RangeError(`volumes[${i}]: got ${volumes[i]}, expected a positive number`)
    const error = 'length' in errors ? errors[i]! : errors.data[i * errors.cols + i]!
    if (!(error > 0 && error < Infinity)) throw new RangeError(`errors[${i}]: got ${error}, expected a positive number`)
  }
}
