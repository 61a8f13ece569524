import { nodeBackend } from '@dead-directions/backend-node'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { stepsToTarget } from './steps-to-target.ts'

beforeAll(() => nodeBackend.install())

const parabola = { parameters: { w: { shape: [1], data: Float64Array.of(1) } }, loss: ({ w }: Readonly<Record<string, tf.Tensor>>) => tf.sum(tf.square(w as tf.Tensor)).asScalar() }

// The loss after n steps is (1 - 2η)^{2n}.
test.each([0.01, 0.1, 0.3])('descent on w² at rate %d takes as many steps as (1 - 2η)^{2n} says', rate => {
  const before = tf.memory().numTensors
  const expected = Math.ceil(Math.log(1e-3) / (2 * Math.log(1 - 2 * rate)))
  expect(stepsToTarget(tf.train.sgd(rate), { ...parabola, target: 1e-3, mostSteps: 1000 })).toBe(expected)
  expect(stepsToTarget(tf.train.sgd(rate), { ...parabola, target: 1e-3, mostSteps: expected - 1 })).toBeNull()
  expect(tf.memory().numTensors).toBe(before)
})

test('a run that diverges does not reach it, one that starts there takes none', () => {
  expect(stepsToTarget(tf.train.sgd(1e200), { ...parabola, target: 1e-3, mostSteps: 1000 })).toBeNull()
  expect(stepsToTarget(tf.train.sgd(0.1), { ...parabola, target: 1, mostSteps: 1000 })).toBe(0)
})
