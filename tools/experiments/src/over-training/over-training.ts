import { trainingCurve } from '../curve.ts'
import { type Experiment, seedsOf, type Size } from '../experiment.ts'
import type { GapCell, GapResult } from './gap-cell.ts'
import { summarise } from './summarise.ts'
import { overTrainingTask } from './tasks.ts'

/** The gap between validation and training loss after training long on few samples. Source: arXiv 2606.29176. */
export const overTraining: Experiment<GapCell, GapResult> = {
  name: 'over-training',
  title: 'Over-training',
  question: 'How far apart are validation and training loss after training long on few samples?',
  cells,
  label: ({ task, optimizer, learningRate, weightDecay, seed }) => `${optimizer} at ${learningRate}, decay ${weightDecay} on ${task}, seed ${seed}`,
  run,
  summarise,
}

/** A step of the transformer takes several times as long as one of the perceptron. */
const mostSteps = { 'noisy classes': 1200, 'markov text': 600 } as const

function cells(size: Size): readonly GapCell[] {
  const tasks = size.quick ? (['noisy classes'] as const) : (['noisy classes', 'markov text'] as const)
  const [learningRates, weightDecays] = size.quick ? [[0.01], [0.1]] : [[0.01, 0.003], [0.1, 1]]
  return tasks.flatMap(task =>
    seedsOf(size, { quick: 2, full: 3 }).flatMap(seed =>
      weightDecays.flatMap(weightDecay =>
        learningRates.flatMap(learningRate =>
          (['adamw', 'ddcadam', 'ddcmuon'] as const).map(optimizer => {
            const steps = size.quick ? 300 : mostSteps[task]
            return { task, optimizer, learningRate, weightDecay, steps, readEvery: steps / 60, seed }
          }),
        ),
      ),
    ),
  )
}

async function run({ task, optimizer, learningRate, weightDecay, steps, readEvery, seed }: GapCell, onProgress: (share: number) => void): Promise<GapResult> {
  const curve = await trainingCurve({
    task: overTrainingTask(task, seed),
    optimizer: { name: optimizer, learningRate, weightDecay },
    seed,
    steps,
    readEvery,
    onPoint({ step }) {
      onProgress(step / steps)
      return false
    },
  })
  return { curve }
}
