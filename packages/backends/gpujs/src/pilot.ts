import { BadInput } from '@dead-directions/registry'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'
import { type AdaptiveGrid, drawFrom, fittedNodes, type GridSample, nodesAroundZero } from './adaptive-grid.ts'
import { type CompleteProblem, divergenceOf, largestProduct, leastSizes, rescaled, type Term, valueOf } from './polynomial.ts'

/** How one level is to be sampled. */
export interface LevelPlan {
  readonly epsilon: number
  readonly grid: AdaptiveGrid
  /** Size of each coordinate where the volume lies. */
  readonly scales: Float64Array
  /** Size of the density where the volume lies. */
  readonly densityScale: number
  /** Relative change of K/ε that float32 may cause, on average over the volume. */
  readonly rounding: number
  /** Share of the volume where float32 overflows. */
  readonly overflow: number
}

interface Judged extends GridSample {
  /** K at each point. */
  readonly values: Float64Array
  /** What rounding to float32 may change in K. */
  readonly roundings: Float64Array
  /** Density times volume that each point stands for. */
  readonly weights: Float64Array
}

const pilotPoints = 8192
/** Share of the points that the next step down keeps. */
const descent = 0.1
/** The same once cells along the coordinates follow the set badly. */
const slowDescent = 0.04
/** A grid has gained nothing when it does not bring at least so many times as many points below the level it was fitted to. */
const leastGain = 1.5
const mostStalled = 4
/** With fewer of them a fitted grid would follow single points. */
const fewestHits = 160
/** Steps at the level itself: at least so many, and on until the hits are worth so many of equal mass or the last one is reached. */
const [leastSteps, enoughHits, mostSteps] = [4, 2000, 16]
/** Products beyond this may overflow float32, or meet a factor that has underflowed. */
const float32Most = 1e34

/**
 * Fits the grid to `{K < ε}` by going down: each step takes the lowest tenth of K seen so far, until ε is reached.
 *
 * @param from grid of a higher level
 * @returns the plan, or null where K does not come down to ε
 */
export function planLevel(problem: CompleteProblem, epsilon: number, from: AdaptiveGrid, random: RandomGenerator): LevelPlan | null {
  let grid = from
  let previous: { readonly reach: number; readonly share: number } | null = null
  const least = leastSizes(problem, epsilon)
  const atLevel = noHits(problem)
  for (let atTarget = 0, fittedTo = 0, stalled = 0; ; ) {
    const sample = judged(problem, drawFrom(grid, pilotPoints, random))
    const sorted = sample.values.toSorted()
    if (previous !== null && sorted[Math.floor(leastGain * previous.share * pilotPoints)]! >= previous.reach) stalled++
    const share = stalled === 0 ? descent : slowDescent
    // Steps that gain nothing would go on to follow ever fewer points: rather take the hits there are at the level.
    const reach = stalled < mostStalled ? Math.max(epsilon, sorted[Math.floor(share * pilotPoints)]!) : epsilon
    previous = { reach, share }
    const hits = Uint32Array.from(sample.values.keys()).filter(n => sample.values[n]! <= reach && sample.weights[n]! > 0)
    if (hits.length < fewestHits) return null
    if (reach !== epsilon) {
      grid = fitted(problem, collect(sample, hits, noHits(problem), random), least)
      continue
    }
    atTarget++
    const enough = effectiveCount(atLevel.masses) >= enoughHits
    if (atTarget > mostSteps || (atTarget > leastSteps && enough)) return planFrom(sample, hits, grid, epsilon, problem)
    // Steps at the same level add to each other: a grid that follows too few points has wide cells where mass lies.
    collect(sample, hits, atLevel, random)
    if (atLevel.masses.length >= 2 * fittedTo) {
      grid = fitted(problem, atLevel, least)
      fittedTo = atLevel.masses.length
    }
  }
}

function fitted({ box }: CompleteProblem, { places, masses }: Hits, least: Float64Array): AdaptiveGrid {
  return box.map((range, i) => fittedNodes(Float64Array.from(places[i]!), Float64Array.from(masses), range, nodesAroundZero(range, least[i]!, box.length)))
}

function judged(problem: CompleteProblem, sample: GridSample): Judged {
  const { count, points, volumes } = sample
  const dimension = problem.box.length
  const [values, roundings, weights] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)]
  for (let n = 0; n < count; n++) {
    const x = points.subarray(n * dimension, (n + 1) * dimension)
    const { value, rounding } = divergenceOf(problem, x)
    if (value < -rounding) throw new BadInput('terms', value, `K ≥ 0 on the box, not so at [${Array.from(x, place => place.toPrecision(3)).join(', ')}]`)
    values[n] = value
    roundings[n] = rounding
    weights[n] = volumes[n]! * Math.abs(valueOf(problem.density, x))
  }
  return { ...sample, values, roundings, weights }
}

/** Points below a level, coordinate by coordinate, and the mass that each stands for. */
interface Hits {
  readonly places: readonly number[][]
  readonly masses: number[]
}

function noHits({ box }: CompleteProblem): Hits {
  return { places: box.map(() => []), masses: [] }
}

/** How many points of equal mass would tell as much. */
function effectiveCount(masses: readonly number[]): number {
  let [sum, squares] = [0, 0]
  for (const mass of masses) {
    sum += mass
    squares += mass * mass
  }
  return sum ** 2 / squares
}

/** Adds hits to others; most of those that are light by the mean are left out, the rest standing for them. */
function collect({ points, weights }: Judged, hits: Uint32Array, { places, masses }: Hits, random: RandomGenerator): Hits {
  const mean = hits.reduce((sum, n) => sum + weights[n]!, 0) / hits.length
  hits.forEach(n => {
    if (weights[n]! < mean * uniformFloat64(random)) return
    places.forEach((along, i) => along.push(points[n * places.length + i]!))
    masses.push(Math.max(weights[n]!, mean))
  })
  return { places, masses }
}

function planFrom({ points, roundings, weights, volumes }: Judged, hits: Uint32Array, grid: AdaptiveGrid, epsilon: number, problem: CompleteProblem): LevelPlan {
  const dimension = grid.length
  const total = hits.reduce((sum, n) => sum + weights[n]!, 0)
  const mean = (f: (n: number) => number): number => hits.reduce((sum, n) => sum + weights[n]! * f(n), 0) / total
  const scales = Float64Array.from(grid, (_, i) => Math.exp(mean(n => Math.log(Math.max(Math.abs(points[n * dimension + i]!), Number.MIN_VALUE)))))
  const densityScale = Math.exp(mean(n => Math.log(weights[n]! / volumes[n]!)))
  const terms = scaledTerms(problem, { epsilon, scales, densityScale })
  const overflow = mean(n => (largestProduct(terms, scales.map((scale, i) => points[n * dimension + i]! / scale)) < float32Most ? 0 : 1))
  return { epsilon, grid, scales, densityScale, rounding: mean(n => roundings[n]! / epsilon), overflow }
}

/** Every term of the problem in units of a level: coordinates in their scales, K in ε, the density in its own. */
export function scaledTerms({ terms, squares, density }: CompleteProblem, { epsilon, scales, densityScale }: Pick<LevelPlan, 'epsilon' | 'scales' | 'densityScale'>): Term[] {
  return [
    ...rescaled(terms, scales, epsilon),
    ...squares.flatMap(square => rescaled(square, scales, Math.sqrt(epsilon))),
    ...rescaled(density, scales, densityScale),
  ]
}
