import { buildNetwork, checkParameters, initialParameters, type Network } from '@dead-directions/network'
import { BadInput, type Registry } from '@dead-directions/registry'
import { type OptimizerOptions, optimizerSettings, type OptimizerSettings } from './optimizer.ts'
import { batchRows } from './order.ts'
import { rowsOf, type Task } from './task.ts'
import { traineeOf, type TrainingState } from './trainee.ts'

/** What to train, and how. */
export interface TrainingOptions {
  readonly task: Task
  /** Where the network's primitives are looked up. */
  readonly registry: Registry
  readonly optimizer: OptimizerOptions
  /** Of the first parameters and of the order of samples. Default 0. */
  readonly seed?: number
  /** The step that the run ends with. */
  readonly steps: number
  /** Steps between readings of the whole validation sample; the last step is always one. Default 25. */
  readonly validateEvery?: number
  /** Where another run of the same task, optimizer and seed was. */
  readonly resumeFrom?: TrainingState
}

/** Where a run is after a step. Losses are in nats per sample. */
export interface TrainingRecord {
  /** 1 is the first. */
  readonly step: number
  /** Of the step's own batch, before the step. */
  readonly trainLoss: number
  /** `null` without classes. */
  readonly trainAccuracy: number | null
  /** Of the whole validation sample, after the step; `null` at steps between two readings. */
  readonly validationLoss: number | null
  readonly validationAccuracy: number | null
}

/** A record, and the state behind it. */
export interface TrainingStep extends TrainingRecord {
  /** All that a run needs to go on from here; to be asked for before the next step. */
  state(): Promise<TrainingState>
}

/**
 * Trains a network step by step on the active backend; leaving the loop ends the run. A step depends on the state and on the
 * seed alone, so that a run resumed from any state ends in the bits of one that never stopped.
 *
 * @throws BadInput for options that do not fit, and for a learning rate that leads to a loss that is not finite
 * @example
 * import { nodeBackend, presetRegistry } from '@dead-directions/dead-directions'
 * import { modularAddition, train } from '@dead-directions/training'
 *
 * await nodeBackend.install()
 * const task = modularAddition({ modulus: 7, width: 16 })
 * for await (const { step, trainLoss, validationAccuracy } of train({ task, registry: presetRegistry(), optimizer: { name: 'adamw' }, steps: 5 })) {
 *   console.log(step, trainLoss, validationAccuracy)
 * }
 */
export async function* train(options: TrainingOptions): AsyncGenerator<TrainingStep, void> {
  const { task, steps, resumeFrom } = options
  const { network, settings, seed, validateEvery } = preparedRun(options)
  const first = resumeFrom === undefined ? initialParameters(network, seed, task.initialScale) : checkParameters(network, new Map(Object.entries(resumeFrom.parameters)), 'resumeFrom')
  const trainee = await traineeOf(network, settings, { ...resumeFrom, parameters: first })
  const rows = task.training.targets.shape[0] as number
  try {
    for (let step = (resumeFrom?.step ?? 0) + 1; step <= steps; step++) {
      const batch = rowsOf(task.training, batchRows({ rows, size: task.batchSize, seed, step }))
      const { loss, accuracy } = await trainee.step(batch)
      if (!Number.isFinite(loss)) throw new BadInput('learningRate', settings.learningRate, `a smaller one: the loss of step ${step} is ${loss}`)
      const validation = step % validateEvery === 0 || step === steps ? await trainee.score(task.validation) : null
      yield {
        step,
        trainLoss: loss,
        trainAccuracy: accuracy,
        validationLoss: validation?.loss ?? null,
        validationAccuracy: validation?.accuracy ?? null,
        state: async () => ({ step, ...(await trainee.state()) }),
      }
    }
  } finally {
    trainee.dispose()
  }
}

/** A run's options with their defaults, and its network; throws for what does not fit. */
export function preparedRun({ task, registry, optimizer, seed = 0, steps, validateEvery = 25 }: Omit<TrainingOptions, 'resumeFrom'>): {
  readonly network: Network
  readonly settings: OptimizerSettings
  readonly seed: number
  readonly validateEvery: number
} {
  checkWhole('seed', seed, -Infinity)
  checkWhole('steps', steps, 0)
  checkWhole('validateEvery', validateEvery, 1)
  return { network: buildNetwork(task.network, registry), settings: optimizerSettings(task, optimizer), seed, validateEvery }
}

function checkWhole(field: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) throw new BadInput(field, value, least === -Infinity ? 'a whole number' : `a whole number of at least ${least}`)
}
