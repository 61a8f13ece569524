import { exactData, exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { buildNetwork, forward } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { residual } from './residual.ts'

beforeAll(() => nodeBackend.install())

test('keeps the shape that its inputs share', () => {
  expect(residual.outputShape({ inputs: 3 }, [[7, 4], [7, 4], [7, 4]])).toEqual([7, 4])
  expect(() => residual.outputShape({ inputs: 2 }, [[7, 4], [4, 7]])).toThrow('residual.inputs: got [[7,4],[4,7]], expected 2 inputs of one shape')
  expect(() => residual.outputShape({ inputs: 2 }, [[4]])).toThrow('expected 2 inputs of one shape')
})

test('sums its inputs with their scales, in float64, and leaves no tensor behind', async () => {
  const sum = (scales: readonly number[]): Parameters<typeof buildNetwork>[0]['nodes'][number] => ({ name: 'sum', primitive: 'residual', spec: { inputs: scales.length, scales }, inputs: scales.map(() => 'input') })
  const network = buildNetwork({ input: [2, 1], nodes: [sum([1, -0.1, 0.3])], output: 'sum', likelihood: 'gaussian' }, createRegistry().use(residual))
  const before = tf.memory().numTensors
  const inputs = exactTensor([1, -7], [1, 2, 1])
  const output = tf.tidy(() => forward(network, {}, inputs))
  expect([...(await exactData(output))]).toEqual([1 - 0.1 + 0.3, -7 + 7 * 0.1 - 7 * 0.3])
  tf.dispose([inputs, output])
  expect(tf.memory().numTensors).toBe(before)
})
