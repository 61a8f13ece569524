import { nodeBackend } from '@dead-directions/backend-node'
import * as tf from '@tensorflow/tfjs'
import { type Experiment, seedsOf, type Size } from '../experiment.ts'
import { comparedOptimizers, optimizerNamed } from '../optimizers.ts'
import type { ScaleCell, ScaleResult } from './scale-cell.ts'
import { stepsToTarget } from './steps-to-target.ts'
import { student, unbalanced } from './student.ts'
import { summarise } from './summarise.ts'

/** Learning rates tried, so that no optimizer stands or falls with one. */
const rates = [0.01, 0.03, 0.1, 0.3, 1]

/** Without decay AdamW is Adam. */
const optimizers = comparedOptimizers.filter(optimizer => optimizer !== 'adamw')

/** Steps to a target loss from an initialisation whose layers are of very different size. Source: arXiv 2606.29176; arXiv 2606.05957, row D3. */
export const badScale: Experiment<ScaleCell, ScaleResult> = {
  name: 'bad-scale',
  title: 'Badly balanced initialisation',
  question: 'How many steps to a target loss when one side of every rescaling is c times larger and the other c times smaller?',
  cells,
  label: ({ optimizer, c, seed }) => `${optimizer} at c = ${c}, seed ${seed}`,
  run,
  summarise,
}

function cells(size: Size): readonly ScaleCell[] {
  const scales = size.quick ? [0.01, 1, 100] : [0.001, 0.01, 0.1, 1, 10, 100, 1000]
  const mostSteps = size.quick ? 150 : 500
  return seedsOf(size, { quick: 2, full: 3 }).flatMap(seed =>
    scales.flatMap(c =>
      optimizers.map(optimizer => ({ optimizer, c, learningRates: size.quick ? rates.slice(1, 3) : rates, target: size.quick ? 0.2 : 0.01, mostSteps, seed })),
    ),
  )
}

async function run({ optimizer, c, learningRates, target, mostSteps, seed }: ScaleCell, onProgress: (share: number) => void): Promise<ScaleResult> {
  await nodeBackend.install()
  const { gauges, parameters, loss, held } = student(seed)
  const start = unbalanced({ gauges, parameters }, c)
  try {
    const steps = learningRates.map((learningRate, i) => {
      onProgress(i / learningRates.length)
      return stepsToTarget(optimizerNamed(optimizer, learningRate, 0, gauges), { parameters: start, loss, target, mostSteps })
    })
    return { steps }
  } finally {
    tf.dispose([...held])
  }
}
