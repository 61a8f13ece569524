import { exactData, exactTensor } from '@dead-directions/autodiff'
import { linear } from '@dead-directions/arch-linear'
import { mlp } from '@dead-directions/arch-mlp'
import { nodeBackend } from '@dead-directions/backend-node'
import { type Approach, createRegistry, type TensorData } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { canonicalApproach } from '../canonical.ts'
import { forward } from '../forward.ts'
import { buildNetwork, type Network } from '../network.ts'
import { initialParameters, parameterTensors, type ParameterValues } from '../parameters.ts'
import { standardNormals } from '../random.ts'
import { findApproaches, wholeLinearRun } from './find-approaches.ts'
import { along } from './moved.ts'

beforeAll(() => nodeBackend.install())

const registry = createRegistry().use(mlp, linear)

function perceptron(widths: readonly number[], activation: string, bias = false): Network {
  return buildNetwork(
    { input: [widths[0] as number], nodes: [{ name: 'body', primitive: 'mlp', spec: { widths, activation, bias }, inputs: ['input'] }], output: 'body', likelihood: 'gaussian' },
    registry,
  )
}

function withValues(network: Network, values: Readonly<Record<string, readonly number[]>>): ParameterValues {
  return Object.fromEntries(Object.entries(network.parameters).map(([name, { shape }]): [string, TensorData] => [name, { shape, data: Float64Array.from(values[name.replace('body.', '')] ?? []) }]))
}

async function outputs(network: Network, parameters: ParameterValues): Promise<Float64Array> {
  const width = network.description.input[0] as number
  const tensors = parameterTensors(parameters)
  const inputs = exactTensor(standardNormals(11, 20 * width), [20, width])
  const output = tf.tidy(() => forward(network, tensors, inputs))
  const data = Float64Array.from(await exactData(output))
  tf.dispose([output, inputs, ...Object.values(tensors)])
  return data
}

function furthest(a: Float64Array, b: Float64Array): number {
  return Math.max(...a.map((value, i) => Math.abs(value - (b[i] as number))))
}

const kinds = (approaches: readonly Approach[]): readonly string[] => approaches.map(({ kind }) => kind)

describe('linear networks', () => {
  test('scaling the excess of unaligned factors by τ scales the end-to-end excess by τ^L and leaves the signal alone', async () => {
    // Any rotation of the excess against the signal: random factors of random sizes, only made small off a common rank-2 signal.
    const network = perceptron([5, 4, 3, 4, 5], 'identity')
    const drawn = initialParameters(network, 2)
    const parameters = Object.fromEntries(
      Object.entries(drawn).map(([name, { shape, data }]): [string, TensorData] => {
        const columns = shape[1] as number
        return [name, { shape, data: data.map((value, i) => 0.02 * value + (i % columns === Math.floor(i / columns) && i % columns < 2 ? 1 : 0)) }]
      }),
    )
    const [approach, ...others] = findApproaches(network, parameters)
    expect(others).toEqual([])
    expect(approach?.length).toBe(4)
    expect(wholeLinearRun(network, parameters)?.rank).toBe(2)

    const origin = await outputs(network, along(parameters, approach as Approach, 0))
    const full = await outputs(network, parameters)
    const excess = full.map((value, i) => value - (origin[i] as number))
    for (const tau of [0.7, 0.5]) {
      const half = await outputs(network, along(parameters, approach as Approach, tau))
      expect(furthest(half.map((value, i) => value - (origin[i] as number)), excess.map(value => value * tau ** 4))).toBeLessThan(1e-14)
    }
  })

  test('takes the rank from the end-to-end map, and none of it when no gap shows', () => {
    const network = perceptron([2, 2, 2], 'identity')
    const at = (second: number): ParameterValues => withValues(network, { 'fc1.weight': [1, 0, 0, second], 'fc2.weight': [1, 0, 0, second] })
    expect(wholeLinearRun(network, at(0.05))?.rank).toBe(1)
    expect(wholeLinearRun(network, at(0.9))).toMatchObject({ rank: 2, gap: null })
    expect(findApproaches(network, at(0.9))).toEqual([])
  })

  test('a map that is faint as a whole has rank 0', () => {
    const network = perceptron([1, 1, 1, 1], 'identity')
    const values = { 'fc1.weight': [0.05], 'fc2.weight': [-0.04], 'fc3.weight': [0.06] }
    expect(wholeLinearRun(network, withValues(network, values))?.rank).toBe(0)
    expect(findApproaches(network, withValues(network, values))[0]?.length).toBe(3)
  })
})

describe('units', () => {
  test.each(['relu', 'tanh', 'gelu'])('the canonical approach of a %s chain is one channel through every layer', activation => {
    const network = perceptron([3, 3, 3, 3, 3], activation)
    const approaches = findApproaches(network, canonicalApproach(network, 0.05))
    expect(kinds(approaches)).toEqual(['vanishing channel'])
    expect(approaches[0]?.length).toBe(4)
    expect(approaches[0]?.members.map(({ output, input }) => [[...output], [...input]])).toEqual(Array.from({ length: 4 }, () => [[0, 0, 1], [0, 0, 1]]))
  })

  test('a unit small on one side only is a channel of length one', () => {
    const network = perceptron([1, 3, 1], 'tanh')
    const approaches = findApproaches(network, withValues(network, { 'fc1.weight': [1, 0.02, -2.5], 'fc2.weight': [1, 0.8, 1.2] }))
    expect(approaches.map(({ kind, length, label }) => [kind, length, label])).toEqual([['vanishing channel', 1, 'unit 1 of body.fc1, incoming weights vanishing']])
  })

  test('rescaling a ReLU unit changes neither what is found nor its distance', () => {
    const network = perceptron([2, 3, 1], 'relu')
    const values = (c: number): ParameterValues =>
      withValues(network, { 'fc1.weight': [1, 0.5, -0.4, 1, 0.02 * c, 0.01 * c], 'fc2.weight': [1, -1, 0.03 / c] })
    const [one, other] = [1, 100].map(c => findApproaches(network, values(c)))
    expect(one?.map(({ length }) => length)).toEqual([2])
    expect(other?.map(({ length }) => length)).toEqual([2])
  })
})

describe('merging units', () => {
  test('odd units merge up to their sign; the weighted mean cancels the first-order change', async () => {
    const network = perceptron([1, 3, 1], 'tanh')
    const parameters = withValues(network, { 'fc1.weight': [0.6, -2.5, -0.62], 'fc2.weight': [0.5, 1.2, -0.9] })
    const [approach, ...others] = findApproaches(network, parameters)
    expect(others).toEqual([])
    expect(approach?.kind).toBe('merging units')
    const mean = (0.5 * 0.6 + 0.9 * 0.62) / 1.4
    const origin = [...(approach?.origin['body.fc1.weight']?.data as Float64Array)]
    expect(origin[0]).toBeCloseTo(mean, 14)
    expect(origin[1]).toBe(-2.5)
    expect(origin[2]).toBeCloseTo(-mean, 14)

    const at = (tau: number): Promise<Float64Array> => outputs(network, along(parameters, approach as Approach, tau))
    const [zero, one, half] = [await at(0), await at(1), await at(0.5)]
    // Without a first-order term, half the way is a quarter of the change.
    expect(furthest(one, zero) / furthest(half, zero)).toBeCloseTo(4, 1)
  })

  test('along the fibre of a merged pair nothing changes', async () => {
    const network = perceptron([2, 3, 2], 'tanh', true)
    const parameters = withValues(network, {
      'fc1.weight': [0.6, 0.2, -1, 1, 0.61, 0.21],
      'fc1.bias': [0.1, 0.4, 0.1],
      'fc2.weight': [0.5, 1, 0.9, 1, -1, 1.8],
      'fc2.bias': [0, 0],
    })
    const [approach] = findApproaches(network, parameters)
    const merged = along(parameters, approach as Approach, 0)
    const reference = await outputs(network, merged)
    expect(approach?.flats).toHaveLength(2)
    for (const flat of approach?.flats ?? []) {
      const moved = Object.fromEntries(
        Object.entries(merged).map(([name, { shape, data }]): [string, TensorData] => [name, { shape, data: data.map((value, i) => value + (flat[name]?.[i] ?? 0)) }]),
      )
      expect(furthest(await outputs(network, moved), reference)).toBeLessThan(1e-14)
    }
  })

  test('units that are not near are no candidates', () => {
    const network = perceptron([2, 2, 1], 'tanh')
    expect(findApproaches(network, withValues(network, { 'fc1.weight': [1, 0, 0, 1], 'fc2.weight': [1, 1] }))).toEqual([])
  })
})

test('a unit with a bias and almost no other incoming weight is becoming constant', () => {
  const network = perceptron([2, 3, 1], 'tanh', true)
  const parameters = withValues(network, { 'fc1.weight': [1, 0.3, 0.001, 0.002, -0.5, 1], 'fc1.bias': [0.1, 0.8, 0.2], 'fc2.weight': [1, 0.7, -1], 'fc2.bias': [0] })
  expect(findApproaches(network, parameters).map(({ kind, label }) => [kind, label])).toEqual([['constant unit', 'unit 1 of body.fc1 becoming constant']])
})
