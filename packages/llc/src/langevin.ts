import type { Potential, PotentialValue } from './potential.ts'
import type { RandomStream } from './random-stream.ts'

/** How a chain moves. */
export interface Motion {
  /** ε: a step drifts by `-(ε/2) ∇U` and spreads by `√ε`. */
  readonly stepSize: number
  /** Share of the momentum kept from step to step: 0 is overdamped (SGLD), near 1 underdamped (SGHMC). */
  readonly persistence: number
  /** Whether a step is accepted or rejected so that the posterior is exact; only with every observation. */
  readonly metropolis: boolean
  /** The shortest step as a share of the longest, `stepSize`; lengths are drawn evenly in the logarithm. */
  readonly shortest: number
  /** Observations in a batch; `null` for all. */
  readonly batchSize: number | null
}

/** A chain at one moment. */
export interface Particle {
  readonly point: Float64Array
  readonly momentum: Float64Array
  /** On the batch of the step that led here. */
  readonly value: PotentialValue
}

/** What one step was worth. */
export interface StepReading {
  /** Metropolis acceptance probability. */
  readonly acceptance: number
  /** Leading-order contribution of the step's length to the mean of `nβ (L - L*)` when nothing is rejected. */
  readonly discretisation: number
}

/** A chain at rest at w*. */
export async function particleAt(potential: Potential): Promise<Particle> {
  const point = potential.landscape.centre
  return { point, momentum: new Float64Array(point.length), value: await potential.at(point, null) }
}

/**
 * One step of Langevin dynamics in the splitting "refresh the momentum, half a kick, drift, half a kick", started and ended on
 * the same observations; with `metropolis` a rejected one stays and turns its momentum round (Horowitz 1991). Without
 * persistence this is the Metropolis-adjusted Langevin algorithm.
 */
export async function exactStep(potential: Potential, particle: Particle, motion: Motion, random: RandomStream, batch: Int32Array | null): Promise<{ particle: Particle; reading: StepReading }> {
  const here = batch === null ? particle.value : await potential.at(particle.point, batch)
  const refreshed = refresh(particle.momentum, motion.persistence, random)
  const half = Math.sqrt(stepLength(motion, random)) / 2
  const kicked = plus(refreshed, -half, here.gradient)
  const point = plus(particle.point, 2 * half, kicked)
  const there = await potential.at(point, batch)
  const momentum = plus(kicked, -half, there.gradient)
  const rise = there.energy - here.energy + (square(momentum) - square(refreshed)) / 2
  const acceptance = Number.isNaN(rise) ? 0 : Math.min(1, Math.exp(-rise))
  const reading = { acceptance, discretisation: alongStep(particle.point, point, here.gradient, there.gradient) / 8 }
  const stays = motion.metropolis && random.uniform() >= acceptance
  return { reading, particle: stays ? { point: particle.point, momentum: refreshed.map(p => -p), value: here } : { point, momentum, value: there } }
}

/** One step on a batch of its own: the closing half kick of the step before, then all of this one but its closing half kick. */
export async function batchStep(potential: Potential, particle: Particle, motion: Motion, random: RandomStream): Promise<Particle> {
  const batch = drawBatch(potential, motion, random)
  const value = await potential.at(particle.point, batch)
  const half = Math.sqrt(motion.stepSize) / 2
  const closed = plus(particle.momentum, -half, value.gradient)
  const momentum = plus(refresh(closed, motion.persistence, random), -half, value.gradient)
  return { point: plus(particle.point, 2 * half, momentum), momentum, value }
}

/** Leading-order contribution of the batches' gradient noise to the mean of `nβ (L - L*)`, from two batches at one point. */
export async function batchNoise(potential: Potential, point: Float64Array, motion: Motion, random: RandomStream): Promise<number> {
  const one = await potential.at(point, drawBatch(potential, motion, random))
  const two = await potential.at(point, drawBatch(potential, motion, random))
  const amplification = (1 + motion.persistence) / (1 - motion.persistence)
  return (motion.stepSize * amplification * square(plus(one.gradient, -1, two.gradient))) / 16
}

/** Indices of a batch, or `null` for all observations. */
export function drawBatch({ landscape }: Potential, { batchSize }: Motion, random: RandomStream): Int32Array | null {
  return batchSize === null ? null : random.integers(batchSize, landscape.observations)
}

function stepLength({ stepSize, shortest }: Motion, random: RandomStream): number {
  return shortest === 1 ? stepSize : stepSize * shortest ** random.uniform()
}

function refresh(momentum: Float64Array, persistence: number, random: RandomStream): Float64Array {
  const spread = Math.sqrt(1 - persistence ** 2)
  return momentum.map(p => persistence * p + spread * random.normal())
}

/** `⟨∇U(w') - ∇U(w), w' - w⟩`, the step's length in units of the curvature that it sees, summed over directions. */
function alongStep(from: Float64Array, to: Float64Array, before: Float64Array, after: Float64Array): number {
  let sum = 0
  for (let i = 0; i < from.length; i++) sum += (after[i]! - before[i]!) * (to[i]! - from[i]!)
  return sum
}

/** `a + factor · b`. */
function plus(a: Float64Array, factor: number, b: Float64Array): Float64Array {
  const sum = new Float64Array(a.length)
  for (let i = 0; i < a.length; i++) sum[i] = a[i]! + factor * b[i]!
  return sum
}

function square(vector: Float64Array): number {
  let sum = 0
  for (const value of vector) sum += value * value
  return sum
}
