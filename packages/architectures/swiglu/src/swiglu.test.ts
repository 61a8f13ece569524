import { exactData, exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { buildNetwork, forward, initialParameters, parameterTensors, type ParameterValues, standardNormals } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { normalDistribution } from '../test/normal-distribution.ts'
import type { GateName } from './gate.ts'
import { swiglu } from './swiglu.ts'

beforeAll(() => nodeBackend.install())

const plainGates: Readonly<Record<GateName, (z: number) => number>> = {
  silu: z => z / (1 + Math.exp(-z)),
  gelu: z => z * normalDistribution(z),
  relu: z => Math.max(0, z),
}

/** The block by loops over rows. */
function plain(activation: GateName, parameters: ParameterValues, x: readonly number[]): number[] {
  const times = (name: string, v: readonly number[]): number[] => {
    const { shape, data } = parameters[`block.${name}.weight`]!
    return Array.from({ length: shape[0]! }, (_, i) => v.reduce((sum, value, j) => sum + value * data[i * v.length + j]!, 0))
  }
  const up = times('up', x)
  return times('down', times('gate', x).map((z, i) => plainGates[activation](z) * up[i]!))
}

test.each([
  [{ width: 3, hidden: 5 }, [3]],
  [{ width: 4, hidden: 2, activation: 'gelu' }, [4]],
  [{ width: 3, hidden: 3, activation: 'relu' }, [6, 3]],
] as const)('is what plain loops give, to rounding: %j on inputs of shape %j', async (spec, input) => {
  const node = { name: 'block', primitive: 'swiglu', spec, inputs: ['input'] }
  const network = buildNetwork({ input, nodes: [node], output: 'block', likelihood: 'gaussian' }, createRegistry().use(swiglu))
  expect(network.layers.map(({ name, weight }) => [name, weight])).toEqual([
    ['block.gate', 'block.gate.weight'],
    ['block.up', 'block.up.weight'],
    ['block.down', 'block.down.weight'],
  ])
  const parameters = initialParameters(network, 4)
  const shape = [2, ...input]
  const inputs = standardNormals(3, shape.reduce((product, n) => product * n))
  const rows = Array.from({ length: inputs.length / spec.width }, (_, i) => [...inputs.subarray(i * spec.width, (i + 1) * spec.width)])
  const expected = rows.flatMap(row => plain('activation' in spec ? spec.activation : 'silu', parameters, row))

  const before = tf.memory().numTensors
  const tensors = parameterTensors(parameters)
  const x = exactTensor(inputs, shape)
  const output = tf.tidy(() => forward(network, tensors, x))
  expect(output.shape).toEqual(shape)
  const found = await exactData(output)
  tf.dispose([output, x, ...Object.values(tensors)])
  expect(tf.memory().numTensors).toBe(before)
  const largest = Math.max(...expected.map(Math.abs))
  found.forEach((value, i) => expect(Math.abs(value - expected[i]!) / largest).toBeLessThan(1e-14))
})

test('refuses inputs of another width', () => {
  expect(swiglu.outputShape({ width: 4, hidden: 2 }, [[7, 4]])).toEqual([7, 4])
  expect(() => swiglu.outputShape({ width: 4, hidden: 2 }, [[3]])).toThrow('swiglu.inputs: got [[3]], expected one input with 4 features')
})
