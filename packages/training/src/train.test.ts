import { nodeBackend } from '@dead-directions/backend-node'
import * as tf from '@tensorflow/tfjs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { primitives } from '../test/primitives.ts'
import { deepLinear } from './deep-linear.ts'
import { modularAddition } from './modular-addition.ts'
import { optimizerNames } from './optimizer.ts'
import { teacherStudent } from './teacher-student.ts'
import { train, type TrainingOptions, type TrainingRecord } from './train.ts'
import type { TrainingState } from './trainee.ts'

let tensors = 0
beforeEach(async () => {
  await nodeBackend.install()
  tensors = tf.memory().numTensors
})
afterEach(() => expect(tf.memory().numTensors).toBe(tensors))

const transformer = modularAddition({ modulus: 5, width: 8, heads: 2, batchSize: 4 })
const student = teacherStudent({ activation: 'relu', samples: 40, batchSize: 16 })

/** Every record of a run, and its state after the given step. */
async function whole(options: TrainingOptions, at: number): Promise<{ records: TrainingRecord[]; state: TrainingState }> {
  const records: TrainingRecord[] = []
  let kept: TrainingState | undefined
  for await (const { state, ...record } of train(options)) {
    records.push(record)
    if (record.step === at) kept = await state()
  }
  return { records, state: kept as TrainingState }
}

describe.each(optimizerNames)('%s', name => {
  test.each([transformer, student])('resumed at any step repeats the bits of a run that never stopped: $name', async task => {
    const options = { task, registry: primitives, optimizer: { name }, seed: 1, steps: 7, validateEvery: 4 } as const
    const { records, state: end } = await whole(options, 7)
    for (const at of [1, 4]) {
      const { state: middle } = await whole(options, at)
      const resumed = await whole({ ...options, resumeFrom: middle }, 7)
      expect(resumed.records).toEqual(records.slice(at))
      expect(resumed.state).toEqual(end)
    }
  })
})

test('the loss of each task falls', async () => {
  for (const [task, learningRate] of [[transformer, 0.01], [student, 0.02], [deepLinear({ samples: 40 }), 0.02]] as const) {
    const { records } = await whole({ task, registry: primitives, optimizer: { name: 'ddcadam', learningRate, weightDecay: 0 }, steps: 120, validateEvery: 120 }, 120)
    const mean = (some: readonly TrainingRecord[]): number => some.reduce((sum, { trainLoss }) => sum + trainLoss, 0) / some.length
    expect(mean(records.slice(-10))).toBeLessThan(0.6 * mean(records.slice(0, 10)))
  }
})

test('runs that take turns do not disturb each other', async () => {
  const options = { task: student, registry: primitives, steps: 5 } as const
  const alone = await whole({ ...options, optimizer: { name: 'ddcadam' } }, 5)
  const [one, two] = [train({ ...options, optimizer: { name: 'ddcadam' } }), train({ ...options, optimizer: { name: 'adam' } })]
  for (let step = 1; step < 5; step++) await Promise.all([one.next(), two.next()])
  const last = (await one.next()).value
  expect(last && (await last.state())).toEqual(alone.state)
  await Promise.all([one.return(), two.return()])
})

test('validation is read every so many steps and at the end, on what the step left', async () => {
  const { records, state } = await whole({ task: student, registry: primitives, optimizer: { name: 'sgd' }, steps: 7, validateEvery: 3 }, 6)
  expect(records.map(({ validationLoss }) => validationLoss !== null)).toEqual([false, false, true, false, false, true, true])
  // The state after step 6, tried as the only batch of a step.
  const task = { ...student, training: student.validation, batchSize: 1000 }
  const next = await whole({ task, registry: primitives, optimizer: { name: 'sgd' }, steps: 7, resumeFrom: state }, 7)
  expect(next.records[0]?.trainLoss).toBeCloseTo(records[5]?.validationLoss as number, 14)
})

test('another seed starts elsewhere', async () => {
  const first = async (seed: number): Promise<number | undefined> => (await whole({ task: student, registry: primitives, optimizer: { name: 'sgd' }, seed, steps: 1 }, 1)).records[0]?.trainLoss
  expect(await first(1)).not.toBe(await first(2))
})

test('a run that diverges ends with the step and the rate', async () => {
  const run = whole({ task: deepLinear(), registry: primitives, optimizer: { name: 'sgd', learningRate: 1e6 }, steps: 200 }, 200)
  await expect(run).rejects.toThrow(/^learningRate: got 1000000, expected a smaller one: the loss of step \d+ is (NaN|Infinity)$/)
})

test.each([
  [{ steps: -1 }, 'steps: got -1, expected a whole number of at least 0'],
  [{ seed: 0.5 }, 'seed: got 0.5, expected a whole number'],
  [{ validateEvery: 0 }, 'validateEvery: got 0, expected a whole number of at least 1'],
])('%o is refused', async (wrong, message) => {
  await expect(whole({ task: student, registry: primitives, optimizer: { name: 'sgd' }, steps: 1, ...wrong }, 1)).rejects.toThrow(message)
})
