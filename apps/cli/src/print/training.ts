import Table from 'cli-table3'
import type { Trained } from '../trained.ts'

/** Rows of the table; of more readings, those nearest to even spacing. */
const ROWS = 12

/** Prints a training run for people: losses as it went on, and what to do next. */
export function printTraining(outcome: Trained): void {
  process.stdout.write(`${trainingText(outcome)}\n`)
}

/** A training run as text. */
export function trainingText({ task, options, optimizer, seed, folder, inputs, checkpoint, curve, resumedFrom, history }: Trained): string {
  const hasClasses = history.some(({ trainAccuracy }) => trainAccuracy !== null)
  const table = new Table({
    head: ['step', 'batch loss', 'validation loss', ...(hasClasses ? ['batch accuracy', 'validation accuracy'] : [])],
    colAligns: ['right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  })
  for (const { step, trainLoss, trainAccuracy, validationLoss, validationAccuracy } of spread(history)) {
    table.push([step, loss(trainLoss), loss(validationLoss), ...(hasClasses ? [share(trainAccuracy), share(validationAccuracy)] : [])])
  }
  const sizes = Object.entries(options).map(([name, value]) => `${name} ${value}`)
  return [
    `${task}: ${sizes.join(', ')}`,
    `${optimizer.name}, learning rate ${optimizer.learningRate}, weight decay ${optimizer.weightDecay}, seed ${seed}`,
    ...(resumedFrom === null ? [] : [`went on from step ${resumedFrom}`]),
    '',
    table.toString(),
    'losses in nats per sample: of the batch before the step, of the whole validation sample after it',
    '',
    `run      ${folder}`,
    `curve    ${curve}`,
    `read it  npx deaddir read ${checkpoint} --inputs ${inputs}`,
  ].join('\n')
}

function spread<T>(items: readonly T[]): readonly T[] {
  if (items.length <= ROWS) return items
  return Array.from({ length: ROWS }, (_, i) => items[Math.round((i * (items.length - 1)) / (ROWS - 1))] as T)
}

function loss(value: number | null): string {
  if (value === null) return ''
  return value < 1e-3 ? value.toExponential(2) : value.toPrecision(4)
}

function share(value: number | null): string {
  return value === null ? '' : `${(100 * value).toFixed(1)} %`
}
