import { modularAddition } from '@dead-directions/training'
import { firstStep, trainingCurve } from '../curve.ts'
import { type Experiment, seedsOf, type Size } from '../experiment.ts'
import type { GrokCell, GrokResult } from './grok-cell.ts'
import { summarise } from './summarise.ts'

/** Moduli from the smallest on, so that a run that is cut short has whole comparisons. */
const sizes = [
  { modulus: 23, trainFraction: 0.6, width: 32, heads: 2, mostSteps: 600 },
  { modulus: 31, trainFraction: 0.5, width: 32, heads: 2, mostSteps: 1500 },
  { modulus: 59, trainFraction: 0.4, width: 64, heads: 4, mostSteps: 3000 },
  { modulus: 97, trainFraction: 0.3, width: 64, heads: 4, mostSteps: 8000 },
] as const

const quickSize = { modulus: 11, trainFraction: 0.7, width: 16, heads: 2, mostSteps: 150 }

/** When a transformer generalises to sums modulo a number that it has not seen. Source: arXiv 2606.29176; Power et al. 2022, arXiv 2201.02177. */
export const grokking: Experiment<GrokCell, GrokResult> = {
  name: 'grokking',
  title: 'Grokking modular addition',
  question: 'After how many steps does a transformer add numbers that it has not seen?',
  cells,
  label: ({ modulus, optimizer, learningRate, seed }) => `${optimizer} at ${learningRate} modulo ${modulus}, seed ${seed}`,
  run,
  summarise,
}

function cells(size: Size): readonly GrokCell[] {
  const rates = size.quick ? [0.01] : [0.01, 0.003]
  return (size.quick ? [quickSize] : sizes).flatMap(one =>
    rates.flatMap(learningRate =>
      seedsOf(size, { quick: 1, full: 5 }).flatMap(seed =>
        (['adamw', 'ddcadam', 'ddcmuon'] as const).map(optimizer => ({ ...one, optimizer, learningRate, weightDecay: 1, accuracy: 0.95, readEvery: 10, seed })),
      ),
    ),
  )
}

async function run({ modulus, trainFraction, width, heads, optimizer, learningRate, weightDecay, accuracy, mostSteps, readEvery, seed }: GrokCell, onProgress: (share: number) => void): Promise<GrokResult> {
  // Every sample in every step, as in arXiv 2301.05217.
  const task = modularAddition({ modulus, trainFraction, width, heads, seed, batchSize: modulus ** 2 })
  const curve = await trainingCurve({
    task,
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
