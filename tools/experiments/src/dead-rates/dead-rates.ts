import { nodeBackend } from '@dead-directions/backend-node'
import { presetRegistry } from '@dead-directions/dead-directions'
import { matrix } from '@dead-directions/linalg'
import { buildNetwork, type ParameterValues } from '@dead-directions/network'
import { readTrajectory, type TrajectoryCell } from '@dead-directions/readout'
import { deepLinear, type Task, teacherStudent } from '@dead-directions/training'
import { trainingCurve } from '../curve.ts'
import { type Experiment, seedsOf, type Size } from '../experiment.ts'
import type { CellReading, RateCell, RateResult } from './rate-cell.ts'
import { summarise } from './summarise.ts'

/** In how many layer × observable cells the rate of a dead direction can be read along training. Source: arXiv 2606.29176. */
export const deadRates: Experiment<RateCell, RateResult> = {
  name: 'dead-rates',
  title: 'Rates along training',
  question: 'In how many layer × observable cells can the rate of a dead direction be read along the trajectory?',
  cells,
  label: ({ task, optimizer, shrinkage, seed }) => `${optimizer} with shrinkage ${shrinkage} on ${task}, seed ${seed}`,
  run,
  summarise,
}

function cells(size: Size): readonly RateCell[] {
  const steps = size.quick ? 400 : 800
  // How much a step shrinks the weights.
  const shrinkages = size.quick ? [0.005] : [0.0005, 0.001, 0.003, 0.005, 0.01]
  return (['deep linear', 'deep relu'] as const).flatMap(task =>
    seedsOf(size, { quick: 1, full: 3 }).flatMap(seed =>
      shrinkages.flatMap(shrinkage =>
        (['sgd', 'adamw', 'ddcadam', 'ddcmuon'] as const).map(optimizer => {
          // Plain descent needs steps of another size.
          const learningRate = optimizer === 'sgd' ? 0.1 : 0.01
          return { task, optimizer, learningRate, shrinkage, steps, snapshotEvery: steps / 40, tolerance: 0.1, seed }
        }),
      ),
    ),
  )
}

/** Networks with directions to spare: a linear chain that learns a map of rank two, a relu chain that learns three units. */
function taskOf(name: RateCell['task'], seed: number): Task {
  if (name === 'deep linear') return { ...deepLinear({ width: 5, layers: 4, rank: 2, samples: 128, batchSize: 128, seed }), initialScale: 1 }
  const task = teacherStudent({ inputs: 5, teacherWidth: 3, outputs: 5, activation: 'relu', samples: 128, batchSize: 128, seed })
  const nodes = [{ name: 'body', primitive: 'mlp', spec: { widths: [5, 8, 8, 8, 5], activation: 'relu' }, inputs: ['input'] }]
  return { ...task, network: { ...task.network, nodes } }
}

async function run({ task: name, optimizer, learningRate, shrinkage, steps, snapshotEvery, tolerance, seed }: RateCell, onProgress: (share: number) => void): Promise<RateResult> {
  const task = taskOf(name, seed)
  const trajectory: ParameterValues[] = []
  const curve = await trainingCurve({
    task,
    optimizer: { name: optimizer, learningRate, weightDecay: shrinkage / learningRate },
    seed,
    steps,
    readEvery: snapshotEvery,
    async onPoint({ step }, record) {
      trajectory.push((await record.state()).parameters)
      onProgress((0.8 * step) / steps)
      return false
    },
  })
  const { shape, data } = task.training.inputs
  const inputs = matrix(shape[0] as number, shape[1] as number, data)
  await nodeBackend.install()
  const cells = await readTrajectory(buildNetwork(task.network, presetRegistry()), trajectory, inputs, nodeBackend, { tolerance })
  return {
    readings: cells.map(reading),
    shrunk: Object.fromEntries(cells.map(({ layer, t }) => [layer, (t.at(-1) as number) / (t[0] as number)])),
    validationLoss: curve.at(-1)?.validationLoss as number,
  }
}

function reading({ layer, observable, fit }: TrajectoryCell): CellReading {
  if (fit.kind === 'refused') return { layer, observable, kind: 'refused', reason: fit.reason }
  const { rate, standardError, window } = fit
  return { layer, observable, kind: 'rate', rate, standardError, window }
}
