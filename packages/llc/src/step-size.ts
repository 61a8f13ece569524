import { BadInput } from '@dead-directions/registry'
import { batchNoise, drawBatch, exactStep, type Motion, type Particle, particleAt } from './langevin.ts'
import { type LlcOptions, motionOf, settled } from './options.ts'
import type { Landscape } from './landscape.ts'
import { type Potential, potentialOf } from './potential.ts'
import { randomStream, type RandomStream } from './random-stream.ts'
import { turnTaker } from './sample-chain.ts'

const PILOT = 200
/** After so many steps a pilot ends that is nowhere near. */
const GLANCE = 16
const HALVINGS = 60
/** Of Metropolis steps; a rejection turns an underdamped chain round, so it needs them rare. */
const leastAcceptance = { sgld: 0.8, sghmc: 0.9 }
/** Without Metropolis: bias from the step's length and from batches, relative to the mean of `nβ (L - L*)`. */
const mostBias = 0.05

/** One step size that was tried. */
export interface StepSizeTrial {
  readonly stepSize: number
  /** Mean Metropolis acceptance probability over the pilot's second half. */
  readonly acceptance: number
  /** Bias without Metropolis, from step length and batches, relative to the pilot's mean of `nβ (L - L*)`. */
  readonly relativeBias: number
  /** Steps of the pilot; a hopeless one ends early. */
  readonly steps: number
  readonly passes: number
}

/** The step size chosen and every one that was tried. */
export interface StepSizeTable {
  readonly stepSize: number
  readonly trials: readonly StepSizeTrial[]
  readonly passes: number
}

/**
 * The largest step size, halving from `1/γ`, that a pilot chain bears: 80 % acceptance for SGLD and 90 % for SGHMC where steps are
 * accepted or rejected, at most 5 % of bias where they are not.
 *
 * Each pilot goes on from where the last one ended and is accepted or rejected on its own batches, so none diverges.
 *
 * @param landscape loss and parameters
 * @param options as for the learning coefficient
 * @throws BadInput for an option out of range, or when no step size down to `2^-60/γ` will do
 * @example
 * import { calibrateStepSize } from '@dead-directions/llc'
 *
 * // L = w⁴ over 1,000 observations.
 * const quartic = {
 *   centre: Float64Array.of(0),
 *   observations: 1000,
 *   evaluate: ([w = 0]: Float64Array) => ({ loss: w ** 4, gradient: Float64Array.of(4 * w ** 3) }),
 * }
 * const { stepSize, trials } = await calibrateStepSize(quartic, { seed: 1 })
 */
export async function calibrateStepSize(landscape: Landscape, options: LlcOptions = {}): Promise<StepSizeTable> {
  const settings = settled(landscape, options)
  const potential = await potentialOf(landscape, settings.beta, settings.localisation)
  const random = randomStream(settings.seed)
  const turn = turnTaker(options.signal)
  const trials: StepSizeTrial[] = []
  let particle = await particleAt(potential)
  for (let halving = 0; halving < HALVINGS; halving++) {
    const motion = motionOf(settings, 2 ** -halving / settings.localisation)
    const { trial, end } = await pilot(potential, particle, motion, random, turn)
    trials.push(trial)
    particle = end
    const holds = motion.metropolis ? trial.acceptance >= leastAcceptance[settings.sampler] : trial.relativeBias <= mostBias
    if (holds && trial.steps === PILOT) return { stepSize: motion.stepSize, trials, passes: potential.passes() }
  }
  throw new BadInput('stepSize', 'calibrate', `a loss that some step size down to ${(2 ** (1 - HALVINGS) / settings.localisation).toExponential(1)} can follow`)
}

async function pilot(potential: Potential, start: Particle, motion: Motion, random: RandomStream, turn: () => Promise<void>): Promise<{ trial: StepSizeTrial; end: Particle }> {
  const before = potential.passes()
  let end = start
  let [steps, counted, acceptance, bias, level] = [0, 0, 0, 0, 0]
  for (; steps < PILOT; steps++) {
    if (steps === GLANCE && acceptance < 0.3 * counted) break
    await turn()
    // The second half counts, and of the first what tells early whether there is any hope.
    if (steps === PILOT / 2) [counted, acceptance, bias, level] = [0, 0, 0, 0]
    const { particle, reading } = await exactStep(potential, end, { ...motion, metropolis: true }, random, drawBatch(potential, motion, random))
    end = particle
    counted++
    acceptance += reading.acceptance
    bias += reading.discretisation + (motion.batchSize === null ? 0 : await batchNoise(potential, end.point, motion, random))
    level += end.value.tempered
  }
  const trial = { stepSize: motion.stepSize, acceptance: acceptance / counted, relativeBias: bias / Math.max(level, 0), steps, passes: potential.passes() - before }
  return { trial, end }
}
