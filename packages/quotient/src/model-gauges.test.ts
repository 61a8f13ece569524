import { nodeBackend } from '@dead-directions/backend-node'
import { exactData, exactTensor } from '@dead-directions/autodiff'
import type { TensorData } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { findGauges } from './find-gauges.ts'

beforeAll(() => nodeBackend.install())

function classifier(): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [3], units: 4, activation: 'relu', biasInitializer: 'randomNormal', name: 'a' }),
      tf.layers.dense({ units: 3, name: 'b', biasInitializer: 'randomNormal' }),
      tf.layers.leakyReLU({ alpha: 0.1 }),
      tf.layers.dropout({ rate: 0.5 }),
      tf.layers.dense({ units: 5, activation: 'tanh', name: 'c', useBias: false }),
      tf.layers.dense({ units: 2, activation: 'softmax', name: 'd' }),
    ],
  })
}

test('random elements of every gauge leave a model\'s predictions alone', async () => {
  const before = tf.memory().numTensors
  const model = classifier()
  const gauges = findGauges(model)
  expect(gauges.map(({ label }) => label)).toEqual(['rescaling behind a', 'permutation behind a', 'rescaling behind b', 'permutation behind b', 'sign behind c', 'permutation behind c', 'logit shift of d/kernel', 'logit shift of d/bias'])
  const variables = model.trainableWeights.map(weight => weight.read() as tf.Variable)
  const entries = variables.map(async (variable): Promise<[string, TensorData]> => [variable.name, { shape: variable.shape, data: await exactData(variable) }])
  const parameters = Object.fromEntries(await Promise.all(entries))
  const x = exactTensor([1, 2, 3, -1, 0.5, 0.25], [2, 3])
  const predicted = (): Float64Array => {
    const output = model.predict(x) as tf.Tensor
    const data = Float64Array.from(output.dataSync())
    output.dispose()
    return data
  }
  const expected = predicted()
  for (const gauge of gauges) {
    const moved = gauge.act(gauge.randomElement(3), parameters)
    for (const variable of variables) tf.tidy(() => variable.assign(exactTensor(moved[variable.name]?.data as Float64Array, variable.shape)))
    predicted().forEach((p, i) => expect(Math.abs(p - (expected[i] as number)), gauge.label).toBeLessThan(1e-13))
    expect(gauge.parameters.some(name => moved[name]?.data.some((value, i) => value !== parameters[name]?.data[i]))).toBe(true)
  }
  model.dispose()
  x.dispose()
  expect(tf.memory().numTensors).toBe(before)
})

test('a clipped or a convolutional layer has no rescaling: the one brings permutations, the other is refused by name', () => {
  const clipped = tf.sequential({ layers: [tf.layers.dense({ inputShape: [2], units: 2, name: 'e' }), tf.layers.reLU({ maxValue: 6 }), tf.layers.dense({ units: 1, name: 'f' })] })
  expect(findGauges(clipped).map(({ label }) => label)).toEqual(['permutation behind e'])
  const convolution = tf.sequential({ layers: [tf.layers.conv1d({ inputShape: [4, 2], filters: 2, kernelSize: 2, name: 'g' })] })
  expect(() => findGauges(convolution)).toThrow(/model\.layers\.g.*Conv1D.*Dense/s)
  clipped.dispose()
  convolution.dispose()
})
