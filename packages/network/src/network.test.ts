import { exactData, exactTensor } from '@dead-directions/autodiff'
import { linear } from '@dead-directions/arch-linear'
import { mlp } from '@dead-directions/arch-mlp'
import { nodeBackend } from '@dead-directions/backend-node'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { forward } from './forward.ts'
import { buildNetwork } from './network.ts'
import { checkParameters, initialParameters, parameterTensors } from './parameters.ts'

const registry = createRegistry().use(mlp, linear)
const twoNodes = {
  input: [3],
  nodes: [
    { name: 'first', primitive: 'linear', spec: { in: 3, out: 2, bias: true }, inputs: ['input'] },
    { name: 'second', primitive: 'mlp', spec: { widths: [2, 4, 1], activation: 'tanh', bias: true }, inputs: ['first'] },
  ],
  output: 'second',
  likelihood: 'gaussian' as const,
}

beforeAll(() => nodeBackend.install())

describe('buildNetwork', () => {
  test('lists parameters and layers of every node by full name', () => {
    const network = buildNetwork(twoNodes, registry)
    expect(Object.entries(network.parameters).map(([name, { shape }]) => [name, shape])).toEqual([
      ['first.weight', [2, 3]],
      ['first.bias', [2]],
      ['second.fc1.weight', [4, 2]],
      ['second.fc1.bias', [4]],
      ['second.fc2.weight', [1, 4]],
      ['second.fc2.bias', [1]],
    ])
    expect(network.layers.map(({ name, primitive, weight, bias }) => [name, primitive, weight, bias])).toEqual([
      ['first', 'linear', 'first.weight', 'first.bias'],
      ['second.fc1', 'mlp', 'second.fc1.weight', 'second.fc1.bias'],
      ['second.fc2', 'mlp', 'second.fc2.weight', 'second.fc2.bias'],
    ])
    expect(network.outputShape).toEqual([1])
  })

  test.each([
    [{ nodes: [{ ...twoNodes.nodes[0], primitive: 'conv' }], output: 'first' }, 'network.nodes.0.primitive: got "conv", expected one of "mlp", "linear"'],
    [{ nodes: [{ ...twoNodes.nodes[0], spec: { in: 3, out: 0 } }], output: 'first' }, 'network.nodes.0.spec.out: got 0, expected'],
    [{ nodes: [{ ...twoNodes.nodes[0], spec: { in: 3, out: 2, biass: true } }], output: 'first' }, 'network.nodes.0.spec.biass'],
    [{ nodes: [{ ...twoNodes.nodes[0], spec: { in: 4, out: 2 } }], output: 'first' }, 'expected one input with 4 features'],
    [{ nodes: [{ ...twoNodes.nodes[0], inputs: ['nowhere'] }], output: 'first' }, 'network.nodes.0.inputs: got "nowhere"'],
    [{ nodes: [twoNodes.nodes[0], twoNodes.nodes[0]], output: 'first' }, 'network.nodes.1.name: got "first"'],
    [{ output: 'third' }, 'network.output: got "third"'],
    [{ likelihood: 'categorical' }, 'network.likelihood: got "categorical", expected at least two outputs'],
    [{ likelihood: 'poisson' }, 'network.likelihood: got "poisson"'],
  ])('refuses %j', (change, message) => {
    expect(() => buildNetwork({ ...twoNodes, ...change } as typeof twoNodes, registry)).toThrow(message)
  })
})

test('forward computes what the formulas say', async () => {
  const network = buildNetwork(twoNodes, registry)
  const values = initialParameters(network, 3)
  const at = (name: string): Float64Array => values[name]?.data as Float64Array
  const x = [0.3, -1.2, 0.7]
  const affine = (weight: Float64Array, bias: Float64Array, input: readonly number[]): number[] =>
    [...bias].map((b, i) => b + input.reduce((sum, value, j) => sum + value * (weight[i * input.length + j] as number), 0))
  const first = affine(at('first.weight'), at('first.bias'), x)
  const hidden = affine(at('second.fc1.weight'), at('second.fc1.bias'), first).map(Math.tanh)
  const [expected] = affine(at('second.fc2.weight'), at('second.fc2.bias'), hidden)

  const before = tf.memory().numTensors
  const tensors = parameterTensors(values)
  const input = exactTensor(Float64Array.from(x), [1, 3])
  const output = tf.tidy(() => forward(network, tensors, input))
  expect((await exactData(output))[0]).toBeCloseTo(expected as number, 14)
  tf.dispose([output, input, ...Object.values(tensors)])
  expect(tf.memory().numTensors).toBe(before)
})

test('the same seed draws the same bits, another seed others', () => {
  const network = buildNetwork(twoNodes, registry)
  expect(initialParameters(network, 5)).toEqual(initialParameters(network, 5))
  expect(initialParameters(network, 5)).not.toEqual(initialParameters(network, 6))
})

describe('checkParameters', () => {
  const network = (): ReturnType<typeof buildNetwork> => buildNetwork(twoNodes, registry)
  const complete = (): Map<string, { shape: readonly number[]; data: Float64Array }> => new Map(Object.entries(initialParameters(network(), 1)))

  test('takes a complete set', () => {
    expect(Object.keys(checkParameters(network(), complete()))).toEqual(Object.keys(network().parameters))
  })

  test.each([
    ['a missing tensor', (tensors: ReturnType<typeof complete>) => void tensors.delete('first.bias'), 'weights.first.bias: got nothing, expected shape [2]'],
    ['a wrong shape', (tensors: ReturnType<typeof complete>) => void tensors.set('first.bias', { shape: [3], data: new Float64Array(3) }), 'weights.first.bias: got [3], expected shape [2]'],
    ['a tensor too many', (tensors: ReturnType<typeof complete>) => void tensors.set('third.bias', { shape: [1], data: new Float64Array(1) }), 'weights.third.bias: got "a tensor", expected one of'],
  ])('refuses %s', (_, spoil, message) => {
    const tensors = complete()
    spoil(tensors)
    expect(() => checkParameters(network(), tensors)).toThrow(message)
  })
})
