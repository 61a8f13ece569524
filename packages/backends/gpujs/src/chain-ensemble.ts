import { BadInput } from '@dead-directions/registry'
import { chainKernel } from './chain-kernel.ts'
import { createGpu, type GpuMode, type SeededGpu } from './create-gpu.ts'
import { type CompleteProblem, completeProblem, rescaled, type SublevelProblem, valueOf } from './polynomial.ts'

/** How {@link chainEnsemble} samples. */
export interface EnsembleOptions {
  readonly mode: GpuMode
  /** Whole number from 0 to 2³² - 1. */
  readonly seed: number
  /** Independent chains at each temperature, 512 where not given; half of them draw later than the other half. */
  readonly chains?: number
  /** Steps before the first draw, 1,000 where not given. */
  readonly burnIn?: number
  /** Draws of each chain, 1,000 where not given. */
  readonly draws?: number
  /** Called as temperatures are calibrated and sampled. */
  readonly onProgress?: (done: number, total: number, step: string) => void
}

/** The posterior mean of `nβ K` at one temperature. */
export interface TemperedEnergy {
  /** nβ, the factor of K. */
  readonly inverseTemperature: number
  /** `E[nβ K]`, which tends to λ as nβ grows, as `λ - (m-1)/log(nβ)`. */
  readonly energy: number
  /** From the spread of independent chains, whatever their autocorrelation. */
  readonly standardError: number
  /** Longest step whose acceptance reached 0.6, in units of the posterior's width along each axis. */
  readonly stepSize: number
  readonly acceptance: number
  /** Why the mean is not to be used, or null. */
  readonly refused: string | null
}

/** Means at every temperature, and what gave them. */
export interface ChainEnsemble {
  readonly temperatures: readonly TemperedEnergy[]
  /** The mode that ran. */
  readonly mode: GpuMode
  readonly seed: number
  readonly chains: number
  readonly seconds: number
  readonly stepsPerSecond: number
}

const stepSizes = [4, 2, 1, 0.5, 0.25, 0.1, 0.05, 0.02, 0.01, 0.005]
const leastAcceptance = 0.6
/** Early and late draws further apart than this many standard errors have not settled. */
const settled = 4
const mostDraws = 2 ** 28

/**
 * `E[nβ K]` under `exp(-nβ K)` on a box, by hundreds of independent Metropolis-adjusted Langevin chains at once on gpu.js.
 *
 * Coordinates are in units of the posterior's width along each axis. Chains start at the box's centre. Half of the chains draw after
 * `burnIn` steps, the other half after `burnIn + draws`; where the two disagree the mean is refused.
 *
 * @param problem K as terms and squares of polynomials, and the box; a density other than 1 is refused
 * @param inverseTemperatures values of nβ > 0
 * @throws BadInput when a field does not fit or the mode is not available here.
 * @see arXiv 2606.05957, rows B5 and F4.
 * @example
 * import { chainEnsemble } from '@dead-directions/backend-gpujs'
 *
 * const quartic = { terms: [{ coefficient: 1, exponents: [4] }], box: [[-1, 1]] } as const
 * const { temperatures } = await chainEnsemble(quartic, [1e4, 1e6], { mode: 'webasm', seed: 1, chains: 128, burnIn: 200, draws: 200 })
 * const text = temperatures.map(({ energy, standardError }) => `${energy} ± ${standardError}`) // both near λ = 1/4
 */
export async function chainEnsemble(problem: SublevelProblem, inverseTemperatures: ArrayLike<number>, options: EnsembleOptions): Promise<ChainEnsemble> {
  if (problem.density !== undefined) throw new BadInput('density', problem.density, 'none: the ensemble samples a flat prior on the box')
  const complete = completeProblem(problem)
  const betas = checkedTemperatures(inverseTemperatures)
  const { chains = 512, burnIn = 1000, draws = 1000, onProgress = () => {} } = options
  for (const [field, value] of Object.entries({ chains, burnIn, draws })) {
    if (!Number.isInteger(value) || value < (field === 'burnIn' ? 0 : 2)) throw new BadInput(field, value, `a whole number of at least ${field === 'burnIn' ? 0 : 2}`)
  }
  const steps = chains * betas.length * (burnIn + 1.5 * draws)
  if (steps * (complete.box.length + 3) > mostDraws) throw new BadInput('draws', draws, `fewer: ${steps} steps would use up the generator's cycle`)
  const start = performance.now()
  const gpu = await createGpu(options.mode, options.seed)
  try {
    onProgress(0, 2, 'step sizes')
    const levels = betas.map(beta => scaledLevel(complete, beta))
    const tuned = await calibrated(gpu, complete, levels)
    onProgress(1, 2, 'chains')
    const halves = await energies(gpu, complete, levels, tuned, { chains: Math.ceil(chains / 2), burnIn, draws })
    const seconds = (performance.now() - start) / 1000
    const temperatures = betas.map((inverseTemperature, i) => ({ inverseTemperature, ...tuned[i]!, ...judged(halves[i]!, tuned[i]!) }))
    return { temperatures, mode: gpu.mode, seed: gpu.seed, chains, seconds, stepsPerSecond: steps / seconds }
  } finally {
    await gpu.destroy()
  }
}

function checkedTemperatures(values: ArrayLike<number>): number[] {
  const betas = Array.from(values)
  if (betas.length === 0) throw new BadInput('inverseTemperatures', betas, 'at least one value of nβ')
  betas.forEach((beta, i) => {
    if (!(beta > 0 && beta < Infinity)) throw new BadInput(`inverseTemperatures[${i}]`, beta, 'a positive number')
  })
  return betas
}

/** One temperature's problem in the posterior's own units. */
interface Level {
  readonly coefficients: readonly number[]
  readonly lower: readonly number[]
  readonly upper: readonly number[]
  readonly start: readonly number[]
}

function scaledLevel(problem: CompleteProblem, beta: number): Level {
  const { box, terms, squares } = problem
  const scales = box.map((_, axis) => widthAlong(problem, axis, beta))
  const unit = 1 / beta
  return {
    coefficients: [...rescaled(terms, scales, unit), ...squares.flatMap(square => rescaled(square, scales, Math.sqrt(unit)))].map(({ coefficient }) => coefficient),
    lower: box.map(([from], i) => from / scales[i]!),
    upper: box.map(([, to], i) => to / scales[i]!),
    start: box.map(([from, to], i) => (from + to) / 2 / scales[i]!),
  }
}

/** How far from the box's centre nβK reaches 1 along one axis; at most to its edge. */
function widthAlong({ box, terms, squares }: CompleteProblem, axis: number, beta: number): number {
  const centre = box.map(([from, to]) => (from + to) / 2)
  const edge = (box[axis]![1] - box[axis]![0]) / 2
  const energy = (distance: number): number => {
    const point = centre.map((x, i) => (i === axis ? x + distance : x))
    return beta * (valueOf(terms, point) + squares.reduce((sum, square) => sum + valueOf(square, point) ** 2, 0))
  }
  if (energy(edge) <= 1) return edge
  let [near, far] = [0, edge]
  for (let i = 0; i < 200 && far - near > 1e-3 * far; i++) {
    const middle = (near + far) / 2
    if (energy(middle) > 1) far = middle
    else near = middle
  }
  return far
}

interface Tuned {
  readonly stepSize: number
  readonly acceptance: number
}

/** The largest step size of the list that is accepted often enough, for each temperature. */
async function calibrated(gpu: SeededGpu, problem: CompleteProblem, levels: readonly Level[]): Promise<Tuned[]> {
  const rows = levels.flatMap(level => stepSizes.map(stepSize => ({ level, stepSize, skip: 100 })))
  const means = await rowMeans(gpu, problem, 'acceptance', rows, { chains: 32, draws: 200 })
  return levels.map((_, i) => {
    const own = stepSizes.map((stepSize, j) => ({ stepSize, acceptance: mean(means[i * stepSizes.length + j]!) }))
    return own.find(({ acceptance }) => acceptance >= leastAcceptance) ?? own.at(-1)!
  })
}

interface Lengths {
  readonly chains: number
  readonly burnIn: number
  readonly draws: number
}

/** Chain means of early and of late draws at every temperature, from different chains. */
async function energies(gpu: SeededGpu, problem: CompleteProblem, levels: readonly Level[], tuned: readonly Tuned[], { chains, burnIn, draws }: Lengths): Promise<(readonly [Float32Array, Float32Array])[]> {
  const rows = levels.flatMap((level, i) => [burnIn, burnIn + draws].map(skip => ({ level, stepSize: tuned[i]!.stepSize, skip })))
  const means = await rowMeans(gpu, problem, 'energy', rows, { chains, draws })
  return levels.map((_, i) => [means[2 * i]!, means[2 * i + 1]!] as const)
}

type Row = { readonly level: Level; readonly stepSize: number; readonly skip: number }

async function rowMeans(gpu: SeededGpu, problem: CompleteProblem, reading: 'energy' | 'acceptance', rows: readonly Row[], { chains, draws }: Pick<Lengths, 'chains' | 'draws'>): Promise<readonly Float32Array[]> {
  const flat = (of: (row: Row) => readonly number[]): Float32Array => Float32Array.from(rows.flatMap(row => [...of(row)]))
  const run = gpu.kernel(chainKernel(problem, reading), [chains, rows.length])
  return run(
    flat(({ level }) => level.coefficients),
    flat(({ level }) => level.lower),
    flat(({ level }) => level.upper),
    flat(({ level }) => level.start),
    flat(({ stepSize }) => [stepSize]),
    flat(({ skip }) => [skip]),
    draws,
  )
}

function judged([early, late]: readonly [Float32Array, Float32Array], { acceptance }: Tuned): Pick<TemperedEnergy, 'energy' | 'standardError' | 'refused'> {
  const all = Float64Array.of(...early, ...late)
  const standardError = errorOf(all)
  const drift = Math.abs(mean(early) - mean(late)) / Math.hypot(errorOf(early), errorOf(late))
  const refused =
    acceptance < leastAcceptance
      ? `acceptance ${acceptance.toFixed(2)} at the smallest step, ${leastAcceptance} is the least`
      : !(drift <= settled)
        ? `early and late draws are ${drift.toFixed(1)} standard errors apart: take a longer burn-in`
        : null
  return { energy: mean(all), standardError, refused }
}

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length
}

function errorOf(values: ArrayLike<number>): number {
  const centre = mean(values)
  return Math.sqrt(Array.from(values).reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1) / values.length)
}
