import { join } from 'node:path'
import { nodeBackend, presetRegistry } from '@dead-directions/dead-directions'
import { rateChart } from '@dead-directions/plot'
import { nodeDocument } from '@dead-directions/plot/node'
import { createTask, type OptimizerOptions, optimizerSettings, type OptimizerSettings, type TaskName, type TrainingRecord } from '@dead-directions/training'
import { readHistory, trainInFolder } from '@dead-directions/training/node'
import { progressLine } from './progress.ts'
import { writeWhole } from './write-whole.ts'

/** What to train, and where. */
export interface AskedTraining {
  readonly task: { readonly name: TaskName; readonly options: Readonly<Record<string, number | string>> }
  readonly optimizer: OptimizerOptions
  readonly seed: number
  readonly steps: number
  readonly checkpointEvery: number
  readonly folder: string
}

/** What came of a training run. */
export interface Trained {
  readonly task: string
  readonly options: Readonly<Record<string, number | string>>
  readonly optimizer: OptimizerSettings
  readonly seed: number
  readonly folder: string
  /** Sample of inputs for a readout. */
  readonly inputs: string
  /** Folder of the last checkpoint. */
  readonly checkpoint: string
  /** Picture of the losses. */
  readonly curve: string
  /** The step of the checkpoint that the run went on from, or `null`. */
  readonly resumedFrom: number | null
  /** Every step at which the validation sample was read. */
  readonly history: readonly TrainingRecord[]
}

/** Points of a curve in the picture, at steps that are evenly spread over their logarithm. */
const DRAWN = 120

/** Trains in a folder with progress on standard error, going on where an earlier run of the same was. */
export async function trained({ task: { name, options }, optimizer, folder, ...asked }: AskedTraining): Promise<Trained> {
  const task = createTask(name, options)
  const settings = optimizerSettings(task, optimizer)
  await nodeBackend.install()
  const progress = progressLine(`training ${folder}`)
  let resumedFrom: number | null = null
  let line = ''
  try {
    for await (const record of trainInFolder({ ...asked, folder, task, optimizer, registry: presetRegistry() })) {
      if (line === '' && record.step > 1) resumedFrom = record.step - 1
      if (line === '' || record.validationLoss !== null) line = progressOf(record)
      progress.update(record.step, asked.steps, line)
    }
  } finally {
    progress.stop()
  }
  const history = await readHistory(folder)
  const last = history.at(-1) as TrainingRecord
  const curve = join(folder, 'curve.svg')
  await writeWhole(curve, curveOf(history, `${name} with ${settings.name}`))
  return {
    task: name,
    options: task.options,
    optimizer: settings,
    seed: asked.seed,
    folder,
    inputs: join(folder, 'inputs.npy'),
    checkpoint: join(folder, `step-${String(last.step).padStart(6, '0')}`),
    curve,
    resumedFrom: line === '' ? last.step : resumedFrom,
    history: history.filter(({ validationLoss }) => validationLoss !== null),
  }
}

function progressOf({ step, trainLoss, validationLoss }: TrainingRecord): string {
  return `step ${step}, loss ${trainLoss.toPrecision(4)}${validationLoss === null ? '' : `, validation ${validationLoss.toPrecision(4)}`}`
}

/** Losses against the step on logarithmic axes. */
function curveOf(history: readonly TrainingRecord[], title: string): string {
  const last = history.at(-1)?.step ?? 1
  const steps = new Set(Array.from({ length: DRAWN }, (_, i) => Math.round(last ** (i / (DRAWN - 1)))))
  const training = history.filter(({ step }) => steps.has(step))
  const validation = history.flatMap(({ step, validationLoss }) => (validationLoss === null ? [] : [{ step, validationLoss }]))
  return rateChart(
    {
      title,
      xLabel: 'step',
      yLabel: 'loss in nats per sample',
      series: [
        { name: 'training', t: training.map(({ step }) => step), values: training.map(({ trainLoss }) => trainLoss) },
        { name: 'validation', t: validation.map(({ step }) => step), values: validation.map(({ validationLoss }) => validationLoss) },
      ],
    },
    { document: nodeDocument(), width: 640 },
  )
}
