import { teacherStudent } from '@dead-directions/training'
import { expect, test } from 'vitest'
import { type CurvePoint, firstStep, trainingCurve } from './curve.ts'

const task = teacherStudent({ samples: 8, batchSize: 8 })
const run = { task, optimizer: { name: 'adamw', learningRate: 0.01, weightDecay: 0 }, seed: 1, steps: 20, readEvery: 5 } as const

test('a curve has a point at every reading, the same ones for the same seed, and ends where it is told to', async () => {
  const whole = await trainingCurve(run)
  expect(whole.map(({ step }) => step)).toEqual([5, 10, 15, 20])
  expect(whole.at(-1)?.trainLoss).toBeLessThan(whole[0]?.trainLoss as number)
  expect(await trainingCurve({ ...run, onPoint: ({ step }) => step === 10 })).toEqual(whole.slice(0, 2))
})

test('the first step with an accuracy is that of a reading, or null', () => {
  const point = (step: number, validationAccuracy: number | null): CurvePoint => ({ step, trainLoss: 1, trainAccuracy: 1, validationLoss: 1, validationAccuracy })
  const curve = [point(5, 0.2), point(10, 0.96), point(15, 0.5)]
  expect(firstStep(curve, 'validationAccuracy', 0.95)).toBe(10)
  expect(firstStep(curve, 'validationAccuracy', 0.97)).toBeNull()
  expect(firstStep([point(5, null)], 'validationAccuracy', 0.1)).toBeNull()
})
