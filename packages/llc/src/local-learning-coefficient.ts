import { type ChainRunner, oneByOne } from './chain.ts'
import { chainMean, effectiveSampleSize, type Estimated, rHat } from './chain-diagnostics.ts'
import { fluctuationOf } from './fluctuation.ts'
import type { Landscape } from './landscape.ts'
import { type LlcOptions, type Sampler, settled, type Settings } from './options.ts'
import { streamSeeds } from './random-stream.ts'
import type { ChainDraws } from './sample-chain.ts'
import { calibrateStepSize } from './step-size.ts'

/** Beyond these a number is not to be trusted. */
const limits = { rHat: 1.05, effectiveSampleSize: 50, acceptance: 0.2, relativeBias: 0.1, negative: 3 }

/** How the chains ran, whatever became of them. */
export interface LlcRun {
  readonly sampler: Sampler
  /** β and γ of the posterior that was sampled. */
  readonly beta: number
  readonly localisation: number
  readonly stepSize: number
  /** Whether steps were accepted or rejected, so that the step size leaves no bias. */
  readonly metropolis: boolean
  /** `L_n(w*)`, over all observations. */
  readonly baseline: number
  /** Forward and backward passes over all n observations, calibration included; a forward pass for ν counts as one. */
  readonly passes: number
  readonly seconds: number
}

/** What the draws say of themselves. */
export interface LlcDiagnostics {
  /** Rank-normalised split R-hat of the trace. */
  readonly rHat: number
  /** Bulk effective sample size of the trace. */
  readonly effectiveSampleSize: number
  /** Mean Metropolis acceptance probability of the steps, whether or not they were subject to it. */
  readonly acceptance: number
  /** Leading-order bias in λ, from the length of the steps (0 with Metropolis) and from the batches' gradient noise (0 without). */
  readonly bias: { readonly discretisation: number; readonly batchNoise: number }
  /** `nβ (L - L*)` of every draw, by chain. */
  readonly trace: readonly Float64Array[]
}

/** A local learning coefficient with its error and everything that could be wrong with it. */
export interface LlcEstimate extends LlcRun, LlcDiagnostics {
  readonly kind: 'estimate'
  /** `nβ (E[L_n(w)] - L_n(w*))` under the tempered, localised posterior. */
  readonly lambda: number
  /** From the spread of the draws, their autocorrelation and the noise of the batches. */
  readonly standardError: number
  /** Singular fluctuation at this β; `null` without losses of single observations. */
  readonly nu: Estimated | null
  /** `λ̂ + βν̂`, whose mean over samples of n observations is λ where w* is the truth; `lambda` is where w* minimises `L_n`. */
  readonly overSamples: Estimated | null
  readonly sensitivity: {
    /** `dλ̂ / d log γ`: λ̂ at γ/2 is about `log 2` times this below. 0 where the localisation does not matter. */
    readonly localisation: Estimated
    /** `dλ̂ / d log β`: 0 at leading order where m = 1, `(m-1)/log²(nβ)` at a crossing. `null` with batches, whose noise it holds. */
    readonly temperature: Estimated | null
  }
}

/** Why there is no estimate. */
export interface LlcRefusal extends LlcRun {
  readonly kind: 'refused'
  readonly cause: 'divergence' | 'acceptance' | 'bias' | 'r-hat' | 'sample size' | 'negative'
  /** With the number that was too large or too small. */
  readonly reason: string
  /** `null` when a chain diverged. */
  readonly diagnostics: LlcDiagnostics | null
}

/**
 * The local learning coefficient λ̂ = nβ (E[L_n(w)] - L_n(w*)) by stochastic-gradient Langevin dynamics, overdamped or underdamped.
 *
 * Chains start at w* and sample `exp(-nβ L_n(w) - (γ/2) |w - w*|²)`. λ̂ is the slope `dF/d log β` of the free energy at this β:
 * at a point of multiplicity m it tends to λ as `λ - (m-1)/log(nβ)`.
 *
 * @param landscape the loss, its parameters at w* and the number of observations
 * @param runChains where the chains run; by default one after the other on this thread, and anywhere with the same bits
 * @returns λ̂ and ν̂ (pure numbers) with their errors and diagnostics, or why there is none
 * @throws BadInput for an option out of range, or what `signal` gives as its reason
 * @see Lau, Furman, Wang, Murfet & Wei, "The local learning coefficient", arXiv 2308.12108; arXiv 2606.05957, rows F4, B5, B6.
 * @example
 * import { localLearningCoefficient } from '@dead-directions/llc'
 *
 * // L = w⁴ over 1,000 observations: λ = 1/4.
 * const quartic = {
 *   centre: Float64Array.of(0),
 *   observations: 1000,
 *   evaluate: ([w = 0]: Float64Array) => ({ loss: w ** 4, gradient: Float64Array.of(4 * w ** 3) }),
 * }
 * const result = await localLearningCoefficient(quartic, { seed: 1 })
 * const text = result.kind === 'estimate' ? `${result.lambda} ± ${result.standardError}` : result.reason
 */
export async function localLearningCoefficient(landscape: Landscape, options: LlcOptions = {}, runChains: ChainRunner = oneByOne(landscape, options.signal)): Promise<LlcEstimate | LlcRefusal> {
  const start = performance.now()
  const settings = settled(landscape, options)
  const { beta, localisation, sampler, metropolis, chains, burnIn, draws } = settings
  const total = chains * (burnIn + draws)
  options.onProgress?.(0, total, 'step size')
  const calibrated = settings.stepSize === 'calibrate' ? await calibrateStepSize(landscape, options) : null
  const stepSize = calibrated?.stepSize ?? (settings.stepSize as number)
  const tasks = streamSeeds(settings.seed, chains).map(seed => ({ settings, stepSize, seed }))
  const ran = await runChains(tasks, (done, step) => options.onProgress?.(done, total, step))
  // What ran beside or after a chain that diverged depends on the threads and is left out.
  const diverged = ran.findIndex(chain => chain.draws === null)
  const outcomes = diverged < 0 ? ran : ran.slice(0, diverged + 1)
  const passes = outcomes.reduce((sum, chain) => sum + chain.passes, calibrated?.passes ?? 0)
  const run: LlcRun = { sampler, beta, localisation, stepSize, metropolis, baseline: outcomes[0]!.baseline, passes, seconds: (performance.now() - start) / 1000 }
  if (diverged >= 0) return { kind: 'refused', cause: 'divergence', reason: `chain ${diverged + 1} diverged at step size ${stepSize}`, diagnostics: null, ...run }
  const losses = outcomes.flatMap(chain => chain.losses ?? [])
  return judged(settings, outcomes.map(chain => chain.draws as ChainDraws), losses.length === 0 ? null : fluctuationOf(losses, beta), run)
}

function judged(settings: Settings, sampled: readonly ChainDraws[], nu: Estimated | null, run: LlcRun): LlcEstimate | LlcRefusal {
  const diagnostics = diagnosed(settings, sampled)
  const lambda = chainMean(diagnostics.trace)
  const wrong = objection(diagnostics, lambda)
  if (wrong !== null) return { kind: 'refused', ...wrong, diagnostics, ...run }
  return { kind: 'estimate', lambda: lambda.value, standardError: lambda.standardError, nu, overSamples: overSamples(lambda, nu, run.beta), sensitivity: sensitivityOf(settings, sampled, lambda.value), ...diagnostics, ...run }
}

function diagnosed({ metropolis }: Settings, sampled: readonly ChainDraws[]): LlcDiagnostics {
  const over = (read: (chain: ChainDraws) => number): number => sampled.reduce((sum, chain) => sum + read(chain), 0) / sampled.length
  const trace = sampled.map(({ tempered }) => tempered)
  return {
    rHat: rHat(trace),
    effectiveSampleSize: effectiveSampleSize(trace),
    acceptance: over(chain => chain.acceptance),
    bias: { discretisation: metropolis ? 0 : over(chain => chain.discretisation), batchNoise: over(chain => chain.batchNoise) },
    trace,
  }
}

function objection({ rHat, effectiveSampleSize, acceptance, bias }: LlcDiagnostics, lambda: Estimated): Pick<LlcRefusal, 'cause' | 'reason'> | null {
  const total = bias.discretisation + bias.batchNoise
  const longer = 'take more draws or a longer burn-in'
  if (acceptance < limits.acceptance) return { cause: 'acceptance', reason: `acceptance ${acceptance.toFixed(2)} is under ${limits.acceptance}: take a smaller step size` }
  if (!(rHat <= limits.rHat)) return { cause: 'r-hat', reason: `R-hat ${rHat.toFixed(3)} is over ${limits.rHat}, the chains disagree: ${longer}` }
  if (effectiveSampleSize < limits.effectiveSampleSize) return { cause: 'sample size', reason: `the draws are worth ${effectiveSampleSize.toFixed(0)} independent ones, under ${limits.effectiveSampleSize}: ${longer}` }
  if (lambda.value + limits.negative * lambda.standardError < 0) return { cause: 'negative', reason: `λ̂ = ${lambda.value.toFixed(3)} ± ${lambda.standardError.toFixed(3)} is negative: the chains find a smaller loss, so w* is no minimum` }
  if (total > limits.relativeBias * Math.abs(lambda.value)) return { cause: 'bias', reason: `steps and batches add about ${total.toFixed(3)} to ${lambda.value.toFixed(3)}: take a smaller step size or larger batches` }
  return null
}

/** Watanabe 2009: the mean over samples of the Gibbs training loss is `L(w*) + (λ/β - ν)/n`. */
function overSamples(lambda: Estimated, nu: Estimated | null, beta: number): Estimated | null {
  return nu === null ? null : { value: lambda.value + beta * nu.value, standardError: Math.hypot(lambda.standardError, beta * nu.standardError) }
}

/** Derivatives of the posterior mean are covariances under it. */
function sensitivityOf({ batchSize }: Settings, sampled: readonly ChainDraws[], lambda: number): LlcEstimate['sensitivity'] {
  const pull = chainMean(sampled.map(chain => chain.pull)).value
  const withPull = sampled.map(chain => chain.tempered.map((value, i) => -(value - lambda) * (chain.pull[i]! - pull)))
  const withItself = sampled.map(({ tempered }) => tempered.map(value => value - (value - lambda) ** 2))
  return { localisation: chainMean(withPull), temperature: batchSize === null ? chainMean(withItself) : null }
}
