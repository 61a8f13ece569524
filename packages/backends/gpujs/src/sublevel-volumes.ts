import { BadInput } from '@dead-directions/registry'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'
import { type AdaptiveGrid, cellCount, uniformGrid } from './adaptive-grid.ts'
import { createGpu, type GpuMode, type SeededGpu } from './create-gpu.ts'
import { generatorOf, lanes, latticeSteps, mostPoints, randomShifts, runLength, walkOrder } from './lattice.ts'
import { type LevelPlan, planLevel, scaledTerms } from './pilot.ts'
import { type CompleteProblem, completeProblem, type SublevelProblem } from './polynomial.ts'
import { samplingKernel } from './sampling-kernel.ts'

/** How {@link sublevelVolumes} samples. */
export interface VolumeOptions {
  readonly mode: GpuMode
  /** Whole number from 0 to 2³² - 1. */
  readonly seed: number
  /** Points per level, rounded up to whole launches; 2²² where not given. */
  readonly samples?: number
  /** `importance` fits the distribution to each level first; `plain` is uniform on the box. */
  readonly method?: 'importance' | 'plain'
  /** Called as levels are fitted and sampled. */
  readonly onProgress?: (done: number, total: number, step: string) => void
}

/** The volume of one sublevel set. */
export interface LevelVolume {
  readonly epsilon: number
  /** Unbiased estimate, in the unit of box and density. */
  readonly volume: number
  /** From independent batches, 512 in each launch, and what rounding to float32 may change. */
  readonly standardError: number
  /** Why the estimate is not to be used, or null. */
  readonly refused: string | null
}

/** Volumes of all levels, and what gave them. */
export interface SublevelVolumes {
  /** From the highest ε to the lowest; estimates of different levels are independent. */
  readonly levels: readonly LevelVolume[]
  /** The mode that ran. */
  readonly mode: GpuMode
  readonly seed: number
  readonly method: 'importance' | 'plain'
  /** Points per level. */
  readonly samples: number
  /** Seconds that fitting and sampling took, and points sampled in one of them. */
  readonly seconds: { readonly fitting: number; readonly sampling: number }
  readonly samplesPerSecond: number
}

/** Lattices of one level and launch, each with a shift of its own. */
const batches = 512
/** Fewest points of a thread, of which `lanes` share a lattice. */
const fewestPoints = 1024
/** Standard error, as a share of the volume, beyond which a volume is refused. */
const widestError = 0.1
/** What float32 may change in sums and products of widths, as a share of the volume. */
const arithmetic = 2 ** -20
/** Change of K/ε by rounding to float32, beyond which a volume is refused. */
const coarsestRounding = 0.01
/** Share of the scatter of all batches that may come from a single one; beyond it rare heavy points rule, and the scatter says little of those not drawn. */
const heaviestBatch = 0.2
/** Standard error, as a share of the volume, up to which it does not matter where it comes from. */
const leastScatter = 1e-4

/**
 * The volumes `V(ε) = ∫_{K < ε} density` over a box, each with its standard error, sampled by gpu.js.
 *
 * With `importance` every coordinate has its own division into equally likely cells, fitted to each level on the way down
 * from the one before (as in VEGAS), so that the relative error depends little on ε. Some cells stay spread evenly over the
 * logarithm of each coordinate, so that no part of the set goes unseen; where few heavy points rule all the same, the level is refused.
 *
 * The points of a batch are a lattice, moved by a random shift: each of them is uniform, so that the estimate is unbiased, and
 * they lie more evenly than independent ones. Fitting and sampling draw different numbers, and every level its own: the
 * estimates are independent. Coordinates, K and density are in units of the level, so float32 sets no least ε by its range;
 * what it may change by cancelling terms is part of the error, and a level where that is more than a hundredth is refused.
 *
 * @param problem K as terms and squares of polynomials, density and box; coordinates have no unit
 * @param levels values of ε > 0, in any order
 * @throws BadInput when a field does not fit or the mode is not available here.
 * @see arXiv 2606.05957, rows A6, B2, B3, B8; G. P. Lepage, "A new algorithm for adaptive multidimensional integration", 1978;
 * R. Cranley & T. N. L. Patterson, "Randomization of number theoretic methods for multiple integration", 1976.
 * @example
 * import { sublevelVolumes } from '@dead-directions/backend-gpujs'
 *
 * const problem = { terms: [{ coefficient: 1, exponents: [2, 2] }], box: [[0, 1], [0, 1]] } as const
 * const { levels } = await sublevelVolumes(problem, [1e-6, 1e-12], { mode: 'webasm', seed: 1, samples: 2 ** 19 })
 * // volumes near δ (1 - log δ) with δ = √ε: 7.9e-3 and 1.48e-5
 */
export async function sublevelVolumes(problem: SublevelProblem, levels: ArrayLike<number>, options: VolumeOptions): Promise<SublevelVolumes> {
  const complete = completeProblem(problem)
  const epsilons = descending(levels)
  const { samples = 2 ** 22, method = 'importance', onProgress = () => {} } = options
  const size = launchSize(samples)
  const gpu = await createGpu(options.mode, options.seed)
  try {
    const start = performance.now()
    const random = xoroshiro128plus(options.seed | 0)
    const fits = fittedPlans(complete, epsilons, random, onProgress)
    const reached = fits.filter(plan => plan !== null)
    const plans = method === 'plain' ? reached.map(plan => onWholeBox(plan, complete.box)) : reached
    const fitted = performance.now()
    const moments = plans.length === 0 ? [] : await sampled(gpu, complete, plans, size, random, onProgress)
    const [fitting, sampling] = [(fitted - start) / 1000, (performance.now() - fitted) / 1000]
    const perLevel = size.launches * batches * lanes * size.points
    return {
      levels: fits.map((fit, i) => (fit === null ? unreachable(epsilons[i]!) : levelVolume(plans[reached.indexOf(fit)]!, moments[reached.indexOf(fit)]!, perLevel))),
      mode: gpu.mode,
      seed: gpu.seed,
      method,
      samples: perLevel,
      seconds: { fitting, sampling },
      samplesPerSecond: (perLevel * plans.length) / sampling,
    }
  } finally {
    await gpu.destroy()
  }
}

function descending(levels: ArrayLike<number>): number[] {
  const epsilons = Array.from(levels)
  if (epsilons.length === 0) throw new BadInput('levels', epsilons, 'at least one value of ε')
  epsilons.forEach((epsilon, i) => {
    if (!(epsilon > 0 && epsilon < Infinity)) throw new BadInput(`levels[${i}]`, epsilon, 'a positive number')
  })
  return epsilons.sort((a, b) => b - a)
}

/** Points of a thread, and launches. */
interface LaunchSize {
  readonly points: number
  readonly launches: number
}

function launchSize(samples: number): LaunchSize {
  if (!Number.isSafeInteger(samples) || samples < 1) throw new BadInput('samples', samples, 'a whole number from 1')
  const perThread = samples / (batches * lanes)
  const points = Math.min(mostPoints, Math.max(fewestPoints, 2 ** Math.ceil(Math.log2(perThread))))
  return { points, launches: Math.ceil(perThread / points) }
}

function fittedPlans(problem: CompleteProblem, epsilons: readonly number[], random: RandomGenerator, onProgress: NonNullable<VolumeOptions['onProgress']>): (LevelPlan | null)[] {
  let grid: AdaptiveGrid = uniformGrid(problem.box)
  return epsilons.map((epsilon, i) => {
    onProgress(i, epsilons.length, 'fitting')
    const plan = planLevel(problem, epsilon, grid, random)
    grid = plan?.grid ?? grid
    return plan
  })
}

/** The plan with cells of one width all over the box; what rounding does was seen while the level was fitted. */
function onWholeBox(plan: LevelPlan, box: CompleteProblem['box']): LevelPlan {
  const scales = Float64Array.from(box, ([from, to]) => Math.max(Math.abs(from), Math.abs(to)))
  return { ...plan, scales, overflow: 0, grid: uniformGrid(box) }
}

interface Moments {
  readonly mean: number
  readonly standardError: number
  /** Share of the batches' scatter that comes from the furthest one. */
  readonly furthest: number
}

/** Mean weight of a point of each level, in the units of its plan. */
async function sampled(gpu: SeededGpu, problem: CompleteProblem, plans: readonly LevelPlan[], { points, launches }: LaunchSize, random: RandomGenerator, onProgress: NonNullable<VolumeOptions['onProgress']>): Promise<Moments[]> {
  const dimension = problem.box.length
  const rows = batches * plans.length
  const kernel = gpu.kernel(samplingKernel(problem, batches, points), [lanes, rows])
  const scaledNodes = plans.flatMap(({ grid, scales }) => grid.map((nodes, i) => nodes.map(node => node / scales[i]!)))
  const inWalkOrder = (values: ArrayLike<number>, n: number): number[] => (n % dimension === 0 ? walkOrder(values, 1, cellCount) : walkOrder(values, generatorOf(n % dimension), runLength(dimension, points)))
  const nodes = Float32Array.from(scaledNodes.flatMap(inWalkOrder))
  const widths = Float32Array.from(scaledNodes.map(nodes => nodes.subarray(1).map((to, k) => to - nodes[k]!)).flatMap(inWalkOrder))
  const coefficients = Float32Array.from(plans.flatMap(plan => scaledTerms(problem, plan).map(({ coefficient }) => coefficient)))
  const sums = plans.map((): number[] => [])
  for (let launch = 0; launch < launches; launch++) {
    onProgress(launch, launches, 'sampling')
    const rowSums = await kernel(nodes, widths, coefficients, randomShifts(rows * dimension, random), latticeSteps(dimension, points))
    rowSums.forEach((row, n) => sums[Math.floor(n / batches)]!.push(row.reduce((sum, value) => sum + value, 0)))
  }
  return sums.map(values => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const scatter = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    const furthest = values.reduce((most, value) => Math.max(most, (value - mean) ** 2), 0)
    const unit = cellCount ** dimension / (lanes * points)
    return { mean: mean * unit, standardError: Math.sqrt(scatter / (values.length - 1) / values.length) * unit, furthest: scatter === 0 ? 0 : furthest / scatter }
  })
}

function levelVolume({ epsilon, scales, densityScale, rounding, overflow }: LevelPlan, { mean, standardError, furthest }: Moments, samples: number): LevelVolume {
  const unit = scales.reduce((product, scale) => product * scale, densityScale)
  const error = Math.hypot(standardError / mean, rounding, arithmetic)
  const refused =
    mean === 0
      ? `none of ${samples} points has K below ε`
      : rounding > coarsestRounding
        ? `rounding to float32 changes K/ε by ${rounding.toExponential(1)}, ${coarsestRounding} is the most`
        : !(error <= widestError)
          ? `the standard error is ${(100 * error).toFixed(0)} % of the volume, ${100 * widestError} % is the most`
          : standardError / mean > Math.max(rounding, leastScatter) && furthest > heaviestBatch
            ? `${(100 * furthest).toFixed(0)} % of the scatter comes from one of many batches, ${100 * heaviestBatch} % is the most: rare heavy points rule the estimate`
            : overflow > error
              ? `${(100 * overflow).toPrecision(2)} % of the volume lies where float32 overflows`
              : null
  return { epsilon, volume: mean * unit, standardError: error * mean * unit, refused }
}

function unreachable(epsilon: number): LevelVolume {
  return { epsilon, volume: 0, standardError: 0, refused: 'too few points with K below ε were found: the set is too thin for cells along the coordinates' }
}
