import { nodeBackend } from '@dead-directions/backend-node'
import * as tf from '@tensorflow/tfjs'
import { expect, it } from 'vitest'
import { nodeProfile } from './node-profile.ts'
import { trainingSteps } from './training-step.ts'

const tiny = { width: 8, vocabulary: 6, samples: 2, positions: 3 }

it('every backend trains variables of its own, on that backend', async () => {
  const steps = Object.entries(await trainingSteps(tiny))
  expect(steps.length).toBe(3)
  const known = Object.keys(tf.engine().registeredVariables)
  for (const [candidate, step] of steps) {
    step()
    const { newTensors, kernels } = await tf.profile(step)
    expect(candidate).toContain({ 'dead-directions-node': 'node', wasm: 'WASM', cpu: 'cpu' }[tf.getBackend()])
    expect(newTensors).toBe(0)
    expect(kernels.length).toBeGreaterThan(100)
  }
  expect(Object.keys(tf.engine().registeredVariables)).toEqual(known)
  await nodeBackend.install()
})

it('the shares of a step are those of all kernels and add up to the whole', async () => {
  const [time, ...shares] = await nodeProfile(tiny, 2)
  expect(time!.value).toBeGreaterThan(0)
  expect(shares.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(100, 9)
  expect(shares.map(({ quantity }) => quantity)).toEqual(expect.arrayContaining(['BatchMatMul', 'Softmax', 'outside kernels']))
  expect(Math.min(...shares.map(({ value }) => value))).toBeGreaterThanOrEqual(0)
})
