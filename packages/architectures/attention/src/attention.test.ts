import { exactData, exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { buildNetwork, forward, type Network, parameterTensors, type ParameterValues, standardNormals } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { plainAttention } from '../test/plain.ts'
import { attention } from './attention.ts'
import type { AttentionSpec } from './spec.ts'

beforeAll(() => nodeBackend.install())

const positions = 5
const specs: readonly AttentionSpec[] = [
  { width: 3 },
  { width: 6, heads: 2, causal: true },
  { width: 4, bias: true, scale: 0.3 },
  { width: 4, rope: {} },
  { width: 8, heads: 2, rope: { base: 50 }, causal: true, bias: true },
  { width: 5, heads: 3, headWidth: 2, causal: true },
  { width: 8, heads: 4, keyValueHeads: 2, rope: {}, bias: true },
  { width: 6, heads: 6, keyValueHeads: 1, causal: true },
]

function networkOf(spec: AttentionSpec): Network {
  const node = { name: 'block', primitive: 'attention', spec: { ...spec }, inputs: ['input'] }
  return buildNetwork({ input: [positions, spec.width], nodes: [node], output: 'block', likelihood: 'gaussian' }, createRegistry().use(attention))
}

/** Every parameter of order one, biases too. */
function drawn(network: Network, seed: number): ParameterValues {
  const entries = Object.entries(network.parameters)
  return Object.fromEntries(
    entries.map(([name, { shape }], i) => [name, { shape, data: standardNormals(seed + i, shape.reduce((product, n) => product * n)).map(z => z / 2) }]),
  )
}

test.each(specs)('is what plain loops give, to rounding: %j', async spec => {
  const network = networkOf(spec)
  const parameters = drawn(network, 10)
  const own = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name.replace('block.', ''), value]))
  const size = positions * spec.width
  const inputs = standardNormals(3, 2 * size)
  const rows = Array.from({ length: 2 * positions }, (_, i) => [...inputs.subarray(i * spec.width, (i + 1) * spec.width)])
  const expected = [rows.slice(0, positions), rows.slice(positions)].flatMap(sample => plainAttention(spec, own, sample).flat())

  const before = tf.memory().numTensors
  const tensors = parameterTensors(parameters)
  const x = exactTensor(inputs, [2, positions, spec.width])
  const output = tf.tidy(() => forward(network, tensors, x))
  const found = await exactData(output)
  tf.dispose([output, x, ...Object.values(tensors)])
  expect(tf.memory().numTensors).toBe(before)

  const largest = Math.max(...expected.map(Math.abs))
  expect(found.length).toBe(expected.length)
  found.forEach((value, i) => expect(Math.abs(value - (expected[i] as number)) / largest).toBeLessThan(1e-14))
})

test.each(specs)('has the second derivatives that differences of its first have: %j', async spec => {
  const network = networkOf(spec)
  const tensors = parameterTensors(drawn(network, 20))
  const size = positions * spec.width
  const [at, direction, cotangent] = [4, 5, 6].map(seed => standardNormals(seed, size)) as [Float64Array, Float64Array, Float64Array]
  const shape = [1, positions, spec.width]
  const c = exactTensor(cotangent, shape)
  const gradient = tf.grad(x => tf.sum(tf.mul(forward(network, tensors, x), c)))
  const along = async (step: number): Promise<Float64Array> => {
    const result = tf.tidy(() => gradient(exactTensor(at.map((value, i) => value + step * (direction[i] as number)), shape)))
    const data = await exactData(result)
    result.dispose()
    return data
  }
  // Richardson's combination of central differences: an error of order h⁴.
  const h = 1e-3
  const [right, left, farRight, farLeft] = [await along(h), await along(-h), await along(2 * h), await along(-2 * h)]
  const differences = at.map((_, i) => (8 * (right[i]! - left[i]!) - (farRight[i]! - farLeft[i]!)) / (12 * h))
  const v = exactTensor(direction, shape)
  const product = tf.tidy(() => tf.grad(x => tf.sum(tf.mul(gradient(x), v)))(exactTensor(at, shape)))
  const found = await exactData(product)
  tf.dispose([product, v, c, ...Object.values(tensors)])
  const largest = Math.max(...differences.map(Math.abs))
  expect(largest).toBeGreaterThan(0.01)
  found.forEach((value, i) => expect(Math.abs(value - (differences[i] as number)) / largest).toBeLessThan(1e-8))
})

test('its four linear maps are layers of the network', () => {
  const network = networkOf({ width: 8, heads: 4, keyValueHeads: 2, bias: true })
  expect(network.layers).toMatchObject([
    { name: 'block.q', in: 8, out: 8, weight: 'block.q.weight', bias: 'block.q.bias', positions: [positions] },
    { name: 'block.k', in: 8, out: 4, weight: 'block.k.weight' },
    { name: 'block.v', in: 8, out: 4, weight: 'block.v.weight' },
    { name: 'block.o', in: 8, out: 8, weight: 'block.o.weight' },
  ])
})

test('refuses inputs that are not positions of its width', () => {
  expect(attention.outputShape({ width: 4 }, [[7, 4]])).toEqual([7, 4])
  expect(() => attention.outputShape({ width: 4 }, [[7, 3]])).toThrow('attention.inputs: got [[7,3]], expected one input of shape [positions, 4]')
  expect(() => attention.outputShape({ width: 4 }, [[4]])).toThrow('expected one input of shape [positions, 4]')
})
