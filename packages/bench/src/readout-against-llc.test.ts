import { nodeBackend } from '@dead-directions/backend-node'
import { buildNetwork, forward, initialParameters, parameterTensors } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { expect, it } from 'vitest'
import { bothSides, countingMlp } from './readout-against-llc.ts'

it('counts every input once on its way forwards and once on its way back', async () => {
  await nodeBackend.install()
  const counter = countingMlp()
  const network = buildNetwork(
    { input: [2], nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [2, 3, 1], activation: 'tanh' }, inputs: ['input'] }], output: 'body', likelihood: 'gaussian' },
    createRegistry().use(counter.architecture),
  )
  const before = counter.passes()
  const tensors = parameterTensors(initialParameters(network, 1))
  const inputs = tf.ones([7, 2])
  tf.dispose(forward(network, tensors, inputs))
  expect(counter.passes() - before).toBe(7)
  tf.dispose(tf.grads((...own) => tf.sum(forward(network, Object.fromEntries(Object.keys(tensors).map((name, i) => [name, own[i]!])), inputs)))(Object.values(tensors)))
  expect(counter.passes() - before).toBe(3 * 7)
  tf.dispose([inputs, tensors])
})

it('has the closed form on the readout side and a sampled value near it on the other', async () => {
  const { exact, read, sampled } = await bothSides({ name: 'regular', widths: [2, 1], rank: 1, readoutInputs: 16, observations: 400, draws: 300 })
  expect({ exact, read: read.lambda }).toEqual({ exact: 1, read: 1 })
  // Beside the error of the sampling, β √λ for the sample itself.
  expect(Math.abs(sampled.lambda - 1)).toBeLessThan(3 * Math.hypot(sampled.standardError, 0.4 / Math.log(400)))
  // Four chains of 375 steps, each a pass forwards and one back over 400 observations; what is more is calibration and ν.
  expect(sampled.passes).toBeGreaterThan(4 * 375 * 2 * 400)
  expect(sampled.passes).toBeLessThan(2 * 4 * 375 * 2 * 400)
  expect(read.passes).toBeGreaterThan(2 * 16)
})
