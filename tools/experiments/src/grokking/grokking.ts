import { modularAddition } from '@dead-directions/training'
import { firstStep, trainingCurve } from '../curve.ts'
import { type Experiment, seedsOf, type Size } from '../experiment.ts'
import type { GrokCell, GrokResult } from './grok-cell.ts'
import { summarise } from './summarise.ts'

const optimizers = ['adamw', 'ddcadam', 'ddcmuon'] as const

const quick = { modulus: 11, trainFraction: 0.7, width: 16, heads: 2, mostSteps: 150, readEvery: 10 }
const small = { modulus: 23, trainFraction: 0.6, width: 32, heads: 2, mostSteps: 800, readEvery: 10 }

/** A rate wants the smaller a decay the larger it is. */
const swept = [
  { weightDecay: 1, learningRates: [0.03, 0.01, 0.003, 0.001] },
  { weightDecay: 0.3, learningRates: [0.1, 0.03, 0.01, 0.003, 0.001] },
  { weightDecay: 0.1, learningRates: [0.1, 0.03] },
]

/** Settings of {@link swept} with which some optimizer does well. */
const compared = [
  { learningRate: 0.01, weightDecay: 1 },
  { learningRate: 0.03, weightDecay: 0.3 },
  { learningRate: 0.01, weightDecay: 0.3 },
  { learningRate: 0.003, weightDecay: 1 },
]

const common = { label, run, summarise }

/** When a transformer generalises to sums modulo a number that it has not seen. Source: arXiv 2606.29176; Power et al. 2022, arXiv 2201.02177. */
export const grokking: Experiment<GrokCell, GrokResult> = {
  name: 'grokking',
  title: 'Grokking modular addition',
  question: 'After how many steps does a transformer add numbers that it has not seen?',
  cells: size =>
    seedsOf(size, { quick: 1, full: 3 }).flatMap(seed =>
      optimizers.flatMap(optimizer =>
        (size.quick ? compared.slice(0, 1) : compared).map(setting => ({ ...(size.quick ? quick : small), optimizer, ...setting, accuracy: 0.95, seed })),
      ),
    ),
  ...common,
}

/** The same with every learning rate and weight decay of a grid, on seeds of its own. */
export const grokkingSweep: Experiment<GrokCell, GrokResult> = {
  name: 'grokking-sweep',
  title: 'Learning rates and decays for grokking',
  question: 'With which learning rate and weight decay does each optimizer grok first?',
  cells: sweptCells,
  ...common,
}

function sweptCells(size: Size): readonly GrokCell[] {
  return seedsOf(size, { quick: 1, full: 1 }).flatMap(seed =>
    swept.flatMap(({ weightDecay, learningRates }) =>
      learningRates.flatMap(learningRate =>
        optimizers.map(optimizer => ({ ...(size.quick ? quick : small), optimizer, learningRate, weightDecay, accuracy: 0.95, seed: 100 + seed })),
      ),
    ),
  )
}

function label({ modulus, optimizer, learningRate, weightDecay, seed }: GrokCell): string {
  return `${optimizer} at ${learningRate}, decay ${weightDecay}, modulo ${modulus}, seed ${seed}`
}

async function run({ modulus, trainFraction, width, heads, optimizer, learningRate, weightDecay, accuracy, mostSteps, readEvery, seed }: GrokCell, onProgress: (share: number) => void): Promise<GrokResult> {
  const curve = await trainingCurve({
    task: modularAddition({ modulus, trainFraction, width, heads, seed, batchSize: 128 }),
    optimizer: { name: optimizer, learningRate, weightDecay },
    seed,
    steps: mostSteps,
    readEvery,
    onPoint(point) {
      onProgress(point.step / mostSteps)
      return (point.validationAccuracy ?? 0) >= accuracy
    },
  })
  return { learnt: firstStep(curve, 'trainAccuracy', 0.99), grokked: firstStep(curve, 'validationAccuracy', accuracy), curve }
}
