import { exactData, exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { layerData, perSampleGradients } from '@dead-directions/kfac'
import { buildNetwork, forward, initialParameters, type Network, parameterTensors, type ParameterValues, standardNormals } from '@dead-directions/network'
import { linear } from '@dead-directions/arch-linear'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { softmaxHead } from './softmax-head.ts'

beforeAll(() => nodeBackend.install())

const features = 2
const classes = 3
const samples = 5

function head(): Network {
  const nodes = [{ name: 'head', primitive: 'softmax-head', spec: { in: features, classes, bias: true }, inputs: ['input'] }]
  return buildNetwork({ input: [features], nodes, output: 'head', likelihood: 'categorical' }, createRegistry().use(softmaxHead))
}

test('keeps positions and gives one logit per class', () => {
  expect(softmaxHead.outputShape({ in: 3, classes: 5 }, [[7, 3]])).toEqual([7, 5])
  expect(() => softmaxHead.outputShape({ in: 3, classes: 5 }, [[4]])).toThrow('softmax-head.inputs: got [[4]], expected one input with 3 features')
})

test('of a sequence the last position alone gets logits, which are those of a network of that position', async () => {
  const chain = (input: readonly number[], positions: 'all' | 'last'): Network =>
    buildNetwork({
      input,
      nodes: [
        { name: 'body', primitive: 'linear', spec: { in: features, out: features }, inputs: ['input'] },
        { name: 'head', primitive: 'softmax-head', spec: { in: features, classes, positions }, inputs: ['body'] },
      ],
      output: 'head',
      likelihood: 'categorical',
    }, createRegistry().use(linear, softmaxHead))
  const [whole, alone] = [chain([3, features], 'last'), chain([features], 'all')]
  expect(whole.outputShape).toEqual([classes])
  expect(() => softmaxHead.outputShape({ in: 3, classes: 5, positions: 'last' }, [[3]])).toThrow('softmax-head.inputs: got [[3]], expected positions with 3 features, of which the last is read')
  const before = tf.memory().numTensors
  const sequences = standardNormals(6, samples * 3 * features)
  const last = Array.from({ length: samples }, (_, i) => [...sequences.subarray((3 * i + 2) * features, (3 * i + 3) * features)]).flat()
  const logits = async (network: Network, inputs: tf.Tensor): Promise<Float64Array> => {
    const tensors = parameterTensors(initialParameters(network, 3))
    const output = tf.tidy(() => forward(network, tensors, inputs))
    const data = await exactData(output)
    tf.dispose([output, inputs, ...Object.values(tensors)])
    return data
  }
  const found = await logits(whole, exactTensor(sequences, [samples, 3, features]))
  expect(found).toEqual(await logits(alone, exactTensor(last, [samples, features])))
  expect(tf.memory().numTensors).toBe(before)
})

test('is one layer, named as its node, that computes W x + b and leaves no tensor behind', async () => {
  const network = head()
  expect(network.layers).toMatchObject([{ name: 'head', in: features, out: classes, weight: 'head.weight', bias: 'head.bias' }])
  const before = tf.memory().numTensors
  const parameters = { 'head.weight': { shape: [3, 2], data: Float64Array.of(1, 2, 3, 4, 5, 6) }, 'head.bias': { shape: [3], data: Float64Array.of(0.1, 0.2, 0.3) } }
  const tensors = parameterTensors(parameters)
  const inputs = exactTensor([10, -1], [1, 2])
  const output = tf.tidy(() => forward(network, tensors, inputs))
  expect([...(await exactData(output))]).toEqual([8 + 0.1, 26 + 0.2, 44 + 0.3])
  tf.dispose([output, inputs, ...Object.values(tensors)])
  expect(tf.memory().numTensors).toBe(before)
})

test('D1(i): shifting all logits by v·x + c leaves the probabilities, and no score has a part along it', async () => {
  const network = head()
  const inputs = exactTensor(standardNormals(4, samples * features), [samples, features])
  const parameters = initialParameters(network, 3)
  const shift = Float64Array.of(0.7, -1.3)
  const shifted: ParameterValues = {
    'head.weight': { shape: [classes, features], data: (parameters['head.weight']?.data as Float64Array).map((w, at) => w + (shift[at % features] as number)) },
    'head.bias': { shape: [classes], data: (parameters['head.bias']?.data as Float64Array).map(b => b + 0.4) },
  }
  const probabilities = async (values: ParameterValues): Promise<Float64Array> => {
    const tensors = parameterTensors(values)
    const p = tf.tidy(() => tf.softmax(forward(network, tensors, inputs)))
    const data = await exactData(p)
    tf.dispose([p, ...Object.values(tensors)])
    return data
  }
  const [start, end] = [await probabilities(parameters), await probabilities(shifted)]
  end.forEach((p, i) => expect(p).toBeCloseTo(start[i] as number, 14))

  const tensors = parameterTensors(parameters)
  const scores = perSampleGradients(network, await layerData(network, tensors, inputs, { kind: 'exact' }))
  tf.dispose([inputs, ...Object.values(tensors)])
  const tangent = Float64Array.of(...Array.from({ length: classes }, () => [...shift]).flat(), ...Array.from({ length: classes }, () => 0.4))
  for (let row = 0; row < scores.rows; row++) {
    const along = tangent.reduce((sum, value, j) => sum + value * (scores.data[row * scores.cols + j] as number), 0)
    expect(Math.abs(along)).toBeLessThan(1e-15)
  }
})
