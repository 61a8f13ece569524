import { mlp } from '@dead-directions/arch-mlp'
import { embedding } from '@dead-directions/arch-embedding'
import { linear } from '@dead-directions/arch-linear'
import { exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { layerData, type LayerData, perSampleGradients, secondMoment } from '@dead-directions/kfac'
import { buildNetwork, forward, initialParameters, parameterTensors, standardNormals } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { observe } from './trajectory-observables.ts'

beforeAll(() => nodeBackend.install())

const unit = (seed: number, size: number): Float64Array => {
  const z = standardNormals(seed, size)
  const length = Math.hypot(...z)
  return z.map(x => x / length)
}

test('with biases the Fisher form is that of the score matrix along the dyad', async () => {
  const nodes = [{ name: 'body', primitive: 'mlp', spec: { widths: [3, 4, 2], activation: 'tanh', bias: true }, inputs: ['input'] }]
  const network = buildNetwork({ input: [3], nodes, output: 'body', likelihood: 'categorical' }, createRegistry().use(mlp))
  const tensors = parameterTensors(initialParameters(network, 1))
  const inputs = exactTensor(standardNormals(2, 30), [10, 3])
  const layers = await layerData(network, tensors, inputs, { kind: 'exact' })
  tf.dispose([inputs, ...Object.values(tensors)])
  const mode = { value: 1, largest: 1, output: unit(3, 4), input: unit(4, 3) }
  const dyad = new Float64Array(4 * 3 + 4 + 2 * 4 + 2)
  mode.output.forEach((u, i) => mode.input.forEach((v, j) => (dyad[3 * i + j] = u * v)))
  const seen = observe(layers[0] as LayerData, mode, Number.EPSILON)
  expect(seen['Fisher form'].value / secondMoment(perSampleGradients(network, layers), dyad)).toBeCloseTo(1, 12)
  expect(seen['Fisher form'].floor).toBeLessThan(1e-25)
})

test('over positions the Fisher form is the squared derivative of the loss of each sample', async () => {
  const registry = createRegistry().use(embedding, linear)
  const nodes = [
    { name: 'tokens', primitive: 'embedding', spec: { vocabulary: 4, width: 3 }, inputs: ['input'] },
    { name: 'map', primitive: 'linear', spec: { in: 3, out: 3 }, inputs: ['tokens'] },
  ]
  const network = buildNetwork({ input: [2], nodes, output: 'map', likelihood: 'gaussian' }, registry)
  const parameters = initialParameters(network, 1)
  const tokens = Float64Array.of(0, 1, 2, 3, 1, 1)
  const mode = { value: 1, largest: 1, output: unit(3, 3), input: unit(4, 3) }
  const tensors = parameterTensors(parameters)
  const inputs = exactTensor(tokens, [3, 2])
  const layers = await layerData(network, tensors, inputs, { kind: 'sampled', seed: 5, draws: 1 })
  const noise = standardNormals(5, 18)
  // The sampled gradient at the output is the noise itself, so that a score is the derivative of ⟨noise, output⟩.
  const h = 1e-6
  const outputs = [h, -h].map(step => {
    const data = (parameters['map.weight'] as { data: Float64Array }).data.map((x, at) => x + step * (mode.output[Math.floor(at / 3)] as number) * (mode.input[at % 3] as number))
    return tf.tidy(() => forward(network, { ...tensors, 'map.weight': exactTensor(data, [3, 3]) }, inputs).dataSync())
  }) as unknown as [ArrayLike<number>, ArrayLike<number>]
  tf.dispose([inputs, ...Object.values(tensors)])
  const scores = [0, 1, 2].map(sample => Array.from({ length: 6 }, (_, i) => 6 * sample + i).reduce((sum, at) => sum + ((noise[at] as number) * ((outputs[0][at] as number) - (outputs[1][at] as number))) / (2 * h), 0))
  const expected = scores.reduce((sum, score) => sum + score * score, 0) / 3
  const map = layers.find(({ layer }) => layer.name === 'map') as LayerData
  expect(observe(map, mode, Number.EPSILON)['Fisher form'].value / expected).toBeCloseTo(1, 7)
})
