import { exactData, exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { buildNetwork, forward, initialParameters, type Network, parameterTensors, type ParameterValues } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { embedding } from './embedding.ts'

const vocabulary = 5
const width = 3
const tokens = [
  [4, 0, 2, 2],
  [1, 3, 0, 4],
]

beforeAll(() => nodeBackend.install())

function network(positions?: number): Network {
  const spec = { vocabulary, width, ...(positions === undefined ? {} : { positions }) }
  return buildNetwork({ input: [4], nodes: [{ name: 'embedding', primitive: 'embedding', spec, inputs: ['input'] }], output: 'embedding', likelihood: 'gaussian' }, createRegistry().use(embedding))
}

async function outputs(net: Network, parameters: ParameterValues, rows: readonly (readonly number[])[] = tokens): Promise<Float64Array> {
  const before = tf.memory().numTensors
  const tensors = { inputs: exactTensor(rows.flat(), [rows.length, 4]), ...parameterTensors(parameters) }
  try {
    const output = tf.tidy(() => forward(net, tensors, tensors.inputs))
    const data = await exactData(output)
    output.dispose()
    return data
  } finally {
    tf.dispose(tensors)
    expect(tf.memory().numTensors).toBe(before)
  }
}

test('takes one sequence of tokens, no longer than its positions', () => {
  expect(embedding.outputShape({ vocabulary: 5, width: 3, positions: 4 }, [[2]])).toEqual([2, 3])
  expect(() => embedding.outputShape({ vocabulary: 5, width: 3, positions: 4 }, [[5]])).toThrow('embedding.inputs: got [[5]], expected one sequence of tokens no longer than 4')
  expect(() => embedding.outputShape({ vocabulary: 5, width: 3 }, [[4, 3]])).toThrow('embedding.inputs: got [[4,3]], expected one sequence of tokens')
})

describe('forward', () => {
  test('looks up the column of each token', async () => {
    const parameters = initialParameters(network(), 3)
    const weight = parameters['embedding.weight']?.data as Float64Array
    const expected = tokens.flat().flatMap(token => Array.from({ length: width }, (_, i) => weight[i * vocabulary + token]))
    expect([...(await outputs(network(), parameters))]).toEqual(expected)
  })

  test.each([4, 6])('adds the column of its place, with %i learned positions', async positions => {
    const parameters = initialParameters(network(positions), 3)
    const [weight, place] = ['weight', 'position.weight'].map(name => parameters[`embedding.${name}`]?.data) as [Float64Array, Float64Array]
    const expected = tokens.flatMap(row => row.flatMap((token, at) => Array.from({ length: width }, (_, i) => (weight[i * vocabulary + token] as number) + (place[i * positions + at] as number))))
    expect([...(await outputs(network(positions), parameters))]).toEqual(expected)
  })

  test.each([5, -1, 1.5, NaN])('refuses the token %d', async token => {
    const parameters = initialParameters(network(), 3)
    await expect(outputs(network(), parameters, [[0, 1, token, 2]])).rejects.toThrow(`embedding.tokens: got ${token}, expected whole numbers from 0 to 4`)
  })
})

test('every parameter is the weight of a layer, so that readings see all of them', () => {
  expect(network(4).layers).toMatchObject([
    { name: 'embedding', in: vocabulary, out: width, positions: [4], weight: 'embedding.weight', bias: null },
    { name: 'embedding.position', in: 4, out: width, positions: [4], weight: 'embedding.position.weight', bias: null },
  ])
})

test('one vector added to every token and taken from every position leaves the output', async () => {
  const net = network(4)
  const parameters = initialParameters(net, 3)
  const moved = Object.fromEntries(
    Object.entries(parameters).map(([name, { shape, data }]) => {
      const sign = name === 'embedding.weight' ? 1 : -1
      return [name, { shape, data: data.map((value, at) => value + sign * ([0.5, -2, 1][Math.floor(at / (shape[1] as number))] as number)) }]
    }),
  )
  const [start, end] = [await outputs(net, parameters), await outputs(net, moved)]
  end.forEach((value, i) => expect(value).toBeCloseTo(start[i] as number, 14))
})
