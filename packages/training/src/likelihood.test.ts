import { exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { buildNetwork, forward, initialParameters, parameterTensors } from '@dead-directions/network'
import * as tf from '@tensorflow/tfjs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { primitives } from '../test/primitives.ts'
import { deepLinear } from './deep-linear.ts'
import { scoreOf } from './likelihood.ts'
import { modularAddition } from './modular-addition.ts'

let tensors = 0
beforeEach(async () => {
  await nodeBackend.install()
  tensors = tf.memory().numTensors
})
afterEach(() => expect(tf.memory().numTensors).toBe(tensors))

test('of classes it is the cross-entropy, and the share of right ones', async () => {
  const { network: description, training: sample } = modularAddition({ modulus: 5, width: 8 })
  const network = buildNetwork(description, primitives)
  const parameters = parameterTensors(initialParameters(network, 2))
  const logits = tf.tidy(() => forward(network, parameters, exactTensor(sample.inputs.data, sample.inputs.shape as number[])).arraySync()) as number[][]
  const expected = logits.map((last, i) => {
    const [right, largest] = [last[sample.targets.data[i] as number] as number, Math.max(...last)]
    return { loss: Math.log(last.reduce((sum, z) => sum + Math.exp(z), 0)) - right, right: right === largest ? 1 : 0 }
  })
  const { loss, accuracy } = await scoreOf(network, parameters, sample)
  const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length
  expect(loss).toBeCloseTo(mean(expected.map(one => one.loss)), 12)
  expect(accuracy).toBeCloseTo(mean(expected.map(one => one.right)), 12)
  tf.dispose(parameters)
})

test('of classes at every position it sums over the positions, and one class for all of them is refused', async () => {
  const { network: description, training: sample } = modularAddition({ modulus: 5, width: 8 })
  const everywhere = { ...description, nodes: description.nodes.map(node => (node.name === 'head' ? { ...node, spec: { ...(node.spec as object), positions: 'all' } } : node)) }
  const network = buildNetwork(everywhere, primitives)
  const parameters = parameterTensors(initialParameters(network, 2))
  const samples = sample.targets.data.length
  const targets = { shape: [samples, 3], data: Float64Array.from({ length: 3 * samples }, (_, i) => i % 5) }
  const logits = tf.tidy(() => forward(network, parameters, exactTensor(sample.inputs.data, sample.inputs.shape as number[])).arraySync()) as number[][][]
  const nats = logits.flat().map((row, i) => Math.log(row.reduce((sum, z) => sum + Math.exp(z), 0)) - (row[i % 5] as number))
  const { loss } = await scoreOf(network, parameters, { ...sample, targets })
  expect(loss).toBeCloseTo(nats.reduce((sum, x) => sum + x) / samples, 12)
  await expect(scoreOf(network, parameters, sample)).rejects.toThrow(/^targets: got \[13\], expected one class for each output position, \[13, 3\]$/)
  tf.dispose(parameters)
})

test('of means it is half the squared distance, over more samples than one pass holds', async () => {
  const { network: description, training: sample } = deepLinear({ width: 2, layers: 2, samples: 2500 })
  const network = buildNetwork(description, primitives)
  // The identity times a half: the kept feature is off by half of it, the dropped one by half of it too.
  const weight = { shape: [2, 2], data: Float64Array.of(0.5, 0, 0, 0.5) }
  const parameters = parameterTensors({ 'body.fc1.weight': weight, 'body.fc2.weight': { ...weight, data: Float64Array.of(1, 0, 0, 1) } })
  const squares = sample.inputs.data.reduce((sum, x) => sum + (x / 2) ** 2, 0)
  const { loss, accuracy } = await scoreOf(network, parameters, sample)
  expect(loss).toBeCloseTo(squares / 2 / 2500, 12)
  expect(accuracy).toBeNull()
  tf.dispose(parameters)
})
