import { nodeBackend } from '@dead-directions/backend-node'
import * as tf from '@tensorflow/tfjs'
import { type Experiment, seedsOf, type Size } from '../experiment.ts'
import { comparedOptimizers, optimizerNamed } from '../optimizers.ts'
import type { DriftCell } from './drift-cell.ts'
import { type Drift, measureDrift } from './measure-drift.ts'
import { problem, type ProblemName, problemNames, watchedGauges } from './problems.ts'
import { summarise } from './summarise.ts'

/**
 * How far every optimizer's projected trajectory depends on the representative that it starts from, on every kind of gauge.
 * Source: arXiv 2606.05957, row D3; arXiv 2606.29176.
 */
export const gaugeDrift: Experiment<DriftCell, Drift> = {
  name: 'gauge-drift',
  title: 'Gauge drift',
  question: 'Does the projected trajectory depend on the representative that training starts from?',
  cells,
  label: ({ problem, kind, optimizer, precision, seed }) => `${optimizer} on the ${kind} of ${problem}, ${precision}, seed ${seed}`,
  run,
  summarise,
}

function cells(size: Size): readonly DriftCell[] {
  const steps = size.quick ? 20 : 100
  const precisions = ['float64', 'float32'] as const
  return seedsOf(size, { quick: 1, full: 1 }).flatMap(seed =>
    precisions.flatMap(precision =>
      problemNames.flatMap(name =>
        watchedGauges(name).flatMap(({ kind, label }) =>
          comparedOptimizers.map(optimizer => {
            const weightDecay = optimizer === 'sgd' || optimizer === 'adam' ? 0 : 0.1
            // On a general linear gauge the whole of it is asked for.
            const linearGauges = kind === 'general-linear' ? 'whole' : 'rotations'
            return { problem: name, gauge: label, kind, optimizer, linearGauges, precision, learningRate: 0.01, weightDecay, steps, elements: elementsOf(size, name, precision), seed }
          }),
        ),
      ),
    ),
  )
}

/** Fewer where a step takes long, and where the floor is known from float64. */
function elementsOf({ quick }: Size, name: ProblemName, precision: 'float64' | 'float32'): number {
  if (quick) return 3
  if (precision === 'float32') return 3
  return name === 'rotary block' ? 5 : 10
}

async function run(cell: DriftCell, onProgress: (share: number) => void): Promise<Drift> {
  if (cell.precision === 'float64') await nodeBackend.install()
  else await tf.setBackend('cpu')
  const { seed, steps, elements } = cell
  const gauge = watchedGauges(cell.problem).find(({ label }) => label === cell.gauge)
  if (gauge === undefined) throw new RangeError(`gauge: got ${cell.gauge}, expected one of ${cell.problem}`)
  const posed = problem(cell.problem, seed)
  const makeOptimizer = (): tf.Optimizer => optimizerNamed(cell.optimizer, cell.learningRate, cell.weightDecay, posed.gauges, cell.linearGauges)
  try {
    return measureDrift({ problem: posed, gauge, steps, elements, seed, makeOptimizer, onProgress })
  } finally {
    tf.dispose([...posed.held])
    await nodeBackend.install()
  }
}
