import { type Chord, chords, type LocalSlope, type LogLogPoints } from './local-slopes.ts'
import { drift, scatter, type StraightLine, straightLine } from './straight-line.ts'

/** A leading rate read from samples, with the window it was read on. */
export interface RateFit {
  readonly kind: 'rate'
  readonly rate: number
  /** Scatter about the line combined with the drift of the local slope towards `t = 0`. */
  readonly standardError: number
  readonly coefficient: number
  readonly window: readonly [tMin: number, tMax: number]
  /** Number of samples in the window. */
  readonly points: number
  /** Local slopes of every sample above the floor, inside the window or not. */
  readonly localSlopes: readonly LocalSlope[]
}

/** Why no rate could be read. */
export interface RateRefusal {
  readonly kind: 'refused'
  readonly reason: string
  readonly localSlopes: readonly LocalSlope[]
}

/** How {@link fitLeadingRate} judges its samples. */
export interface RateFitOptions {
  /** Absolute error of the samples, one number or one per sample; by default that of a subnormal float64. */
  readonly floor?: number | ArrayLike<number>
  /** Largest distance of a local slope from the fitted one on a straight window, as a share of `max(1, |rate|)`; 0.02 by default. */
  readonly tolerance?: number
  /** Least number of samples in a window; 5 by default. */
  readonly minPoints?: number
}

interface Samples extends LogLogPoints {
  readonly t: Float64Array
}

interface Criteria {
  readonly tolerance: number
  readonly minPoints: number
}

interface Candidate {
  readonly last: number
  readonly rate: number
  readonly coefficient: number
  readonly standardError: number
}

/** The refusal of a function that is zero as far as can be seen. */
export const vanishesIdentically = 'vanishes identically to the precision floor'

/** A window spans at least half a decade, and twice that above dropped samples, where noise may look straight by luck. */
const shortestSpan = Math.LN10 / 2

/** Once the error is a hundredth of the tolerance, a longer window is worth more than a smaller error. */
const closeEnough = 0.01

/**
 * The leading rate of sampled values `f(t)`: the slope of the straight part of their log–log plot that reaches the smallest usable `t`.
 *
 * A sample is usable when its floor could move it by less than the tolerance. A window is straight when its local
 * slopes stay within the tolerance of its slope; the tolerance is relative to the rate because a change of the approach
 * parameter `t → t(1 + ct)`, which leaves the rate alone, moves the local slope in proportion to it. Among straight
 * windows the longest with an error under a hundredth of the tolerance is taken, else the one with the smallest error.
 * Samples below the window are dropped only when they scatter; a smooth bend there is another regime and is refused.
 *
 * @param t positive approach parameters, in any order
 * @param f samples, one per `t`; those that are not positive and finite are dropped
 * @returns the fit, or a refusal with its reason
 * @throws RangeError when the lengths differ, a `t` or a floor is not positive and finite (a floor may be zero), or an option is out of range
 *
 * Source: arXiv 2606.05957, rows A2 and C10.
 *
 * @example
 * import { fitLeadingRate, geometricGrid } from '@dead-directions/core-geometry'
 * const t = geometricGrid(1e-4, 1e-1, 25)
 * const fit = fitLeadingRate(t, t.map(t => 3 * t ** 4 * (1 + t * t)))
 * // fit.kind === 'rate', fit.rate ≈ 4, fit.coefficient ≈ 3
 */
export function fitLeadingRate(t: ArrayLike<number>, f: ArrayLike<number>, options: RateFitOptions = {}): RateFit | RateRefusal {
  const criteria = { tolerance: options.tolerance ?? 0.02, minPoints: options.minPoints ?? 5 }
  const floor = options.floor ?? Number.MIN_VALUE
  checkArguments(t, f, floor, criteria)
  const points = usablePoints(t, f, floor, criteria.tolerance)
  const curve = chords(points)
  const localSlopes = curve.map(({ t, slope }) => ({ t, slope }))
  const refuse = (reason: string): RateRefusal => ({ kind: 'refused', reason, localSlopes })

  const count = points.logT.length
  if (count === 0) return refuse(vanishesIdentically)
  if (count < criteria.minPoints) return refuse(`only ${count} of ${t.length} samples lie above the precision floor, ${criteria.minPoints} are needed`)
  if (points.logT[count - 1]! - points.logT[0]! < shortestSpan) return refuse(`samples above the precision floor span ${range(points, 0, count - 1)}, half a decade is needed`)

  for (let first = 0; first + criteria.minPoints <= count; first++) {
    const windows = straightWindows(points, curve, first, criteria)
    if (windows.length === 0) continue
    const best = choose(windows, criteria.tolerance)
    if (first > 0 && !scatters(points, first)) {
      return refuse(`straight on ${range(points, first, best.last)} with slope ${show(best.rate)}, but the plot bends below it: ${slopeRange(curve)}`)
    }
    return {
      kind: 'rate',
      rate: best.rate,
      standardError: best.standardError,
      coefficient: best.coefficient,
      window: [points.t[first]!, points.t[best.last]!],
      points: best.last - first + 1,
      localSlopes,
    }
  }
  return refuse(`no window is straight to ${criteria.tolerance}: ${slopeRange(curve)}`)
}

/** Samples that their floor could move by less than the tolerance, in ascending order of `t`. */
function usablePoints(t: ArrayLike<number>, f: ArrayLike<number>, floor: number | ArrayLike<number>, tolerance: number): Samples {
  const usable = Array.from({ length: t.length }, (_, i) => i)
    .filter(i => f[i]! < Infinity && f[i]! * tolerance > (typeof floor === 'number' ? floor : floor[i]!))
    .sort((i, j) => t[i]! - t[j]!)
  const ascending = Float64Array.from(usable, i => t[i]!)
  return { t: ascending, logT: ascending.map(Math.log), logF: Float64Array.from(usable, i => Math.log(f[i]!)) }
}

/** The straight windows that begin at one point, shortest first. */
function straightWindows(points: LogLogPoints, curve: readonly Chord[], first: number, { tolerance, minPoints }: Criteria): Candidate[] {
  const { logT } = points
  const found: { last: number; inside: Chord[]; line: StraightLine }[] = []
  for (let last = first + minPoints - 1; last < logT.length; last++) {
    if (logT[last]! - logT[first]! < (first === 0 ? shortestSpan : 2 * shortestSpan)) continue
    const inside = curve.filter(chord => chord.from >= first && chord.to <= last)
    const slopes = inside.map(chord => chord.slope)
    const steepest = Math.max(...slopes)
    const flattest = Math.min(...slopes)
    if (steepest - flattest > 2 * tolerance * Math.max(1, Math.abs(steepest), Math.abs(flattest))) break
    const line = straightLine(points, first, last)
    const allowed = tolerance * Math.max(1, Math.abs(line.slope))
    if (steepest - line.slope <= allowed && line.slope - flattest <= allowed) found.push({ last, inside, line })
  }
  const longest = found.at(-1)
  if (longest === undefined) return []
  // The scatter of the longest window bounds every error from below: a short window may look clean by luck.
  const noise = scatter(points, first, longest.last)
  return found.map(({ last, inside, line }) => ({
    last,
    rate: line.slope,
    coefficient: Math.exp(line.intercept),
    standardError: Math.hypot(
      Math.max(line.standardError, noise / Math.sqrt(line.spread)),
      drift(points, inside, first, last, line.slope, noise),
    ),
  }))
}

function choose(windows: readonly Candidate[], tolerance: number): Candidate {
  const accurate = windows.findLast(({ rate, standardError }) => standardError <= closeEnough * tolerance * Math.max(1, Math.abs(rate)))
  return accurate ?? windows.reduce((best, next) => (next.standardError <= best.standardError ? next : best))
}

/** Whether the plot below a window is noise: its curvature changes sign three times or more, a bend's never and a dip's twice. */
function scatters({ logT, logF }: LogLogPoints, first: number): boolean {
  const slopes = Array.from({ length: first + 1 }, (_, i) => (logF[i + 1]! - logF[i]!) / (logT[i + 1]! - logT[i]!))
  const bends = slopes.slice(1).map((slope, i) => Math.sign(slope - slopes[i]!))
  return bends.slice(1).filter((bend, i) => bend !== bends[i]).length >= 3
}

function slopeRange(curve: readonly Chord[]): string {
  const slopes = curve.map(chord => chord.slope)
  return `local slopes run from ${show(Math.min(...slopes))} to ${show(Math.max(...slopes))}`
}

function range({ t }: Samples, first: number, last: number): string {
  return `[${t[first]!.toExponential(1)}, ${t[last]!.toExponential(1)}]`
}

function show(slope: number): string {
  return slope.toFixed(3)
}

function checkArguments(t: ArrayLike<number>, f: ArrayLike<number>, floor: number | ArrayLike<number>, { tolerance, minPoints }: Criteria): void {
  if (f.length !== t.length) throw new RangeError(`f: got ${f.length} samples, expected ${t.length}, one per t`)
  for (let i = 0; i < t.length; i++) {
    if (!(t[i]! > 0 && t[i]! < Infinity)) throw new RangeError(`t[${i}]: got ${t[i]}, expected a positive number`)
  }
  if (typeof floor !== 'number' && floor.length !== t.length) throw new RangeError(`floor: got ${floor.length} values, expected ${t.length}, one per t`)
  for (const value of typeof floor === 'number' ? [floor] : Array.from(floor)) {
    if (!(value >= 0 && value < Infinity)) throw new RangeError(`floor: got ${value}, expected a number that is not negative`)
  }
  if (!(tolerance > 0 && tolerance < 1)) throw new RangeError(`tolerance: got ${tolerance}, expected a number between 0 and 1`)
  if (!Number.isInteger(minPoints) || minPoints < 3) throw new RangeError(`minPoints: got ${minPoints}, expected a whole number of at least 3`)
}
