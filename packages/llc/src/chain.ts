import { type ChainLosses, chainLosses } from './fluctuation.ts'
import type { Landscape } from './landscape.ts'
import { motionOf, type Settings } from './options.ts'
import { potentialOf } from './potential.ts'
import { type ChainDraws, sampleChain } from './sample-chain.ts'

/** One chain of a learning coefficient to be run, as plain data that may cross to another thread. */
export interface ChainTask {
  readonly settings: Settings
  readonly stepSize: number
  /** Of this chain alone. */
  readonly seed: number
}

/** What became of one chain, as plain data. */
export interface ChainOutcome {
  /** `null` when the chain diverged. */
  readonly draws: ChainDraws | null
  /** Sums over draws of every observation's loss; `null` when nothing looked at them. */
  readonly losses: ChainLosses | null
  /** `L_n(w*)`. */
  readonly baseline: number
  /** Passes over all observations. */
  readonly passes: number
}

/**
 * Runs chains wherever it likes; a chain gives the same bits on every thread.
 *
 * @param onSteps steps done so far by all chains together, and a word on which are running
 * @returns what became of each, in order; those after one that diverged may be left out
 */
export type ChainRunner = (tasks: readonly ChainTask[], onSteps: (done: number, step: string) => void) => Promise<readonly ChainOutcome[]>

/**
 * Runs one chain of a learning coefficient on this thread.
 *
 * @param landscape the one that the coefficient is asked of
 * @param onStep called after every step with how many are done
 * @example
 * import { localLearningCoefficient, runChain } from '@dead-directions/llc'
 *
 * // L = w⁴ over 1,000 observations, its chains all at once.
 * const quartic = {
 *   centre: Float64Array.of(0),
 *   observations: 1000,
 *   evaluate: ([w = 0]: Float64Array) => ({ loss: w ** 4, gradient: Float64Array.of(4 * w ** 3) }),
 * }
 * const result = await localLearningCoefficient(quartic, { draws: 400 }, tasks => Promise.all(tasks.map(task => runChain(quartic, task))))
 */
export async function runChain(landscape: Landscape, { settings, stepSize, seed }: ChainTask, onStep: (done: number) => void = () => {}, signal?: AbortSignal): Promise<ChainOutcome> {
  const { beta, localisation, burnIn, draws, fluctuationDraws } = settings
  const potential = await potentialOf(landscape, beta, localisation)
  const losses = landscape.losses === undefined || fluctuationDraws === 0 ? null : await chainLosses(landscape as Required<Landscape>)
  const every = Math.ceil(draws / fluctuationDraws)
  const drawn = await sampleChain(potential, {
    motion: motionOf(settings, stepSize),
    burnIn,
    draws,
    seed,
    signal,
    onStep,
    onDraw: (point, draw) => (losses !== null && draw % every === 0 ? losses.look(point) : undefined),
  })
  const looks = losses === null ? 0 : 1 + losses.sums.count
  return { draws: drawn, losses: losses?.sums ?? null, baseline: potential.baseline, passes: potential.passes() + looks }
}

/** Runs chains one after the other on this thread. */
export function oneByOne(landscape: Landscape, signal?: AbortSignal): ChainRunner {
  return async (tasks, onSteps) => {
    const outcomes: ChainOutcome[] = []
    for (const [i, task] of tasks.entries()) {
      const before = i * (task.settings.burnIn + task.settings.draws)
      const outcome = await runChain(landscape, task, done => onSteps(before + done, `chain ${i + 1} of ${tasks.length}`), signal)
      outcomes.push(outcome)
      if (outcome.draws === null) break
    }
    return outcomes
  }
}
