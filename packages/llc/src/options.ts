import { BadInput } from '@dead-directions/registry'
import { wbicInverseTemperature } from '@dead-directions/selection-rule'
import type { Landscape } from './landscape.ts'
import type { Motion } from './langevin.ts'

export type Sampler = 'sgld' | 'sghmc'

/** How a learning coefficient is sampled. */
export interface LlcOptions {
  /** Overdamped (default) or underdamped Langevin dynamics. */
  readonly sampler?: Sampler
  /** β; default `1/log n`. */
  readonly inverseTemperature?: number
  /** γ of the localisation `(γ/2) |w - w*|²`; default 1. */
  readonly localisation?: number
  /** ε: a step drifts by `-(ε/2) ∇U` and spreads by `√ε`; default `'calibrate'`. */
  readonly stepSize?: number | 'calibrate'
  /** Default 4, at least 2. */
  readonly chains?: number
  /** Steps of each chain before its draws; default a quarter of `draws`. */
  readonly burnIn?: number
  /** Draws of each chain, one a step; default 2,000. */
  readonly draws?: number
  /** Observations in a batch, with replacement; default all of them. */
  readonly batchSize?: number
  /** Whether steps are accepted or rejected, so that the step size leaves no bias; default true without batches, never with. */
  readonly metropolis?: boolean
  /** Draws of each chain at which every observation's loss is looked at, for ν; default 64, 0 for none. */
  readonly fluctuationDraws?: number
  /** Any integer; default 0. The same seed gives the same bits. */
  readonly seed?: number
  readonly signal?: AbortSignal
  /** `done` of `total` steps, and what the present ones are for. */
  readonly onProgress?: (done: number, total: number, step: string) => void
}

/** Options with every default in place. */
export interface Settings {
  readonly sampler: Sampler
  readonly beta: number
  readonly localisation: number
  readonly stepSize: number | 'calibrate'
  readonly chains: number
  readonly burnIn: number
  readonly draws: number
  readonly batchSize: number | null
  readonly metropolis: boolean
  readonly fluctuationDraws: number
  readonly seed: number
}

/** Share of the momentum an underdamped chain keeps from step to step. */
const PERSISTENCE = 0.9
/**
 * Near a singular point curvatures span decades: where the whole step is too long, a chain that may reject gets away by a short
 * one. With all steps equal, `x²y²` keeps a chain out of its narrow arms and reads low.
 */
const SHORTEST = 1 / 64

/** The options with their defaults, each in its range. */
export function settled({ centre, observations, losses }: Landscape, options: LlcOptions): Settings {
  const { sampler = 'sgld', draws = 2000, batchSize = null } = options
  if (centre.length === 0) throw new BadInput('landscape.centre', 'no parameters', 'at least one')
  whole('landscape.observations', observations, 2)
  if (sampler !== 'sgld' && sampler !== 'sghmc') throw new BadInput('sampler', sampler, '"sgld" or "sghmc"')
  whole('draws', draws, 8)
  const { stepSize = 'calibrate', chains = 4, burnIn = Math.ceil(draws / 4), metropolis = batchSize === null } = options
  const fluctuationDraws = losses === undefined ? 0 : (options.fluctuationDraws ?? Math.min(64, draws))
  if (batchSize !== null && whole('batchSize', batchSize, 1) > observations) throw new BadInput('batchSize', batchSize, `at most ${observations}, the observations there are`)
  if (metropolis && batchSize !== null) throw new BadInput('metropolis', true, 'false with batches, whose loss is not the one to accept by')
  if (whole('fluctuationDraws', fluctuationDraws, 0) > draws) throw new BadInput('fluctuationDraws', fluctuationDraws, `at most ${draws}, the draws`)
  return {
    sampler,
    beta: positive('inverseTemperature', options.inverseTemperature ?? wbicInverseTemperature(observations)),
    localisation: positive('localisation', options.localisation ?? 1),
    stepSize: stepSize === 'calibrate' ? stepSize : positive('stepSize', stepSize),
    chains: whole('chains', chains, 2),
    burnIn: whole('burnIn', burnIn, 0),
    draws,
    batchSize,
    metropolis,
    fluctuationDraws,
    seed: whole('seed', options.seed ?? 0, -Infinity),
  }
}

export function motionOf({ sampler, metropolis, batchSize }: Settings, stepSize: number): Motion {
  return { stepSize, persistence: sampler === 'sgld' ? 0 : PERSISTENCE, metropolis, shortest: metropolis ? SHORTEST : 1, batchSize }
}

function whole(field: string, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least) return value
  throw new BadInput(field, value, least === -Infinity ? 'a whole number' : `a whole number of at least ${least}`)
}

function positive(field: string, value: number): number {
  if (value > 0 && value < Infinity) return value
  throw new BadInput(field, value, 'a positive number')
}
