import { batchNoise, batchStep, drawBatch, exactStep, type Motion, type Particle, particleAt, type StepReading } from './langevin.ts'
import type { Potential } from './potential.ts'
import { randomStream, type RandomStream } from './random-stream.ts'

/** With batches, a step is looked at as closely as this only once in so many. */
const STEPS_BETWEEN_LOOKS = 8
/** Milliseconds after which whoever waits for this thread gets a turn. */
const TURN = 100

/** What one chain brought home. */
export interface ChainDraws {
  /** `nβ (L - L*)` of each draw. */
  readonly tempered: Float64Array
  /** `(γ/2) |w - w*|²` of each draw. */
  readonly pull: Float64Array
  /** Means over the steps after burn-in that were looked at. */
  readonly acceptance: number
  readonly discretisation: number
  readonly batchNoise: number
}

export interface ChainPlan {
  readonly motion: Motion
  readonly burnIn: number
  readonly draws: number
  readonly seed: number
  readonly signal: AbortSignal | undefined
  /** After every step. */
  readonly onStep: (done: number) => void
  /** At every draw, with the number of the draw. */
  readonly onDraw: (point: Float64Array, draw: number) => Promise<void> | void
}

/** Runs one chain from w*; `null` when it leaves the range of numbers. */
export async function sampleChain(potential: Potential, plan: ChainPlan): Promise<ChainDraws | null> {
  const { motion, burnIn, draws } = plan
  const random = randomStream(plan.seed)
  const [tempered, pull] = [new Float64Array(draws), new Float64Array(draws)]
  const looks = { count: 0, acceptance: 0, discretisation: 0, batchNoise: 0 }
  let particle = await particleAt(potential)
  const turn = turnTaker(plan.signal)
  for (let step = 0; step < burnIn + draws; step++) {
    await turn()
    const isDraw = step >= burnIn
    if (motion.batchSize === null) {
      const moved = await exactStep(potential, particle, motion, random, null)
      particle = moved.particle
      if (isDraw) add(looks, moved.reading, 0)
    } else {
      if (isDraw && step % STEPS_BETWEEN_LOOKS === 0) await look(potential, particle, motion, random, looks)
      particle = await batchStep(potential, particle, motion, random)
    }
    if (!Number.isFinite(particle.value.energy)) return null
    if (isDraw) {
      tempered[step - burnIn] = particle.value.tempered
      pull[step - burnIn] = particle.value.pull
      await plan.onDraw(particle.point, step - burnIn)
    }
    plan.onStep(step + 1)
  }
  const { count, acceptance, discretisation, batchNoise } = looks
  return { tempered, pull, acceptance: acceptance / count, discretisation: discretisation / count, batchNoise: batchNoise / count }
}

/** A step beside the chain, started and ended on one batch, and two batches at one point. */
async function look(potential: Potential, particle: Particle, motion: Motion, random: RandomStream, looks: Parameters<typeof add>[0]): Promise<void> {
  const { reading } = await exactStep(potential, particle, motion, random, drawBatch(potential, motion, random))
  add(looks, reading, await batchNoise(potential, particle.point, motion, random))
}

function add(looks: { count: number; acceptance: number; discretisation: number; batchNoise: number }, { acceptance, discretisation }: StepReading, noise: number): void {
  looks.count++
  looks.acceptance += acceptance
  looks.discretisation += discretisation
  looks.batchNoise += noise
}

/** Throws what the signal says, having let the signal's owner run every now and then. */
export function turnTaker(signal: AbortSignal | undefined): () => Promise<void> {
  let last = performance.now()
  return async () => {
    if (performance.now() - last > TURN) {
      await new Promise(resolve => setTimeout(resolve))
      last = performance.now()
    }
    signal?.throwIfAborted()
  }
}
