import { exactData, exactTensor } from '@dead-directions/autodiff'
import { mlp } from '@dead-directions/arch-mlp'
import { rmsnorm } from '@dead-directions/arch-rmsnorm'
import { nodeBackend } from '@dead-directions/backend-node'
import { eigenOfGram, singularValues } from '@dead-directions/linalg'
import { buildNetwork, initialParameters, type Network, parameterTensors, type ParameterValues, standardNormals } from '@dead-directions/network'
import { createRegistry, type Likelihood, type NetworkDescription, type TensorData } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { cotangents } from './cotangent.ts'
import { activationFactor, factorSpectra, gradientFactor, kroneckerFactors, kroneckerSpectrum } from './factors.ts'
import { layerData } from './layer-data.ts'
import { perSampleGradientGram, perSampleGradients } from './per-sample-gradients.ts'
import { tappedPass } from './tapped-pass.ts'

beforeAll(() => nodeBackend.install())

function perceptron(widths: readonly number[], activation: string, likelihood: Likelihood = 'gaussian', bias = false): Network {
  return buildNetwork(
    { input: [widths[0] as number], nodes: [{ name: 'body', primitive: 'mlp', spec: { widths, activation, bias }, inputs: ['input'] }], output: 'body', likelihood },
    createRegistry().use(mlp),
  )
}

const spec = { widths: [3, 4, 2], activation: 'tanh' }

/** The outputs by plain loops over numbers, no tensors. */
function outputsByHand(parameters: ParameterValues, x: readonly number[]): number[] {
  const affine = (layer: string, input: readonly number[]): number[] => {
    const weight = parameters[`body.${layer}.weight`] as TensorData
    const bias = parameters[`body.${layer}.bias`]?.data
    return Array.from({ length: weight.shape[0] as number }, (_, i) =>
      input.reduce((sum, value, j) => sum + value * (weight.data[i * input.length + j] as number), bias?.[i] ?? 0),
    )
  }
  return affine('fc2', affine('fc1', x).map(Math.tanh))
}

/** Derivative of each output along one parameter, by complex-free Richardson differences: good to about 1e-10. */
function derivative(parameters: ParameterValues, name: string, index: number, x: readonly number[]): number[] {
  const at = (h: number): number[] => {
    const { shape, data } = parameters[name] as TensorData
    return outputsByHand({ ...parameters, [name]: { shape, data: data.map((value, i) => (i === index ? value + h : value)) } }, x)
  }
  const centred = (h: number): number[] => at(h).map((value, i) => (value - (at(-h)[i] as number)) / (2 * h))
  const [wide, narrow] = [centred(2e-3), centred(1e-3)]
  return narrow.map((value, i) => (4 * value - (wide[i] as number)) / 3)
}

test('per-sample gradients are the derivatives of the outputs by every parameter', async () => {
  const network = perceptron(spec.widths, spec.activation, 'gaussian', true)
  const parameters = initialParameters(network, 4)
  const samples = [
    [0.3, -1, 0.5],
    [1.2, 0.1, -0.7],
  ]
  const before = tf.memory().numTensors
  const tensors = parameterTensors(parameters)
  const inputs = exactTensor(Float64Array.from(samples.flat()), [2, 3])
  const scores = perSampleGradients(network, await layerData(network, tensors, inputs, { kind: 'exact' }))
  tf.dispose([inputs, ...Object.values(tensors)])
  expect(tf.memory().numTensors).toBe(before)

  expect([scores.rows, scores.cols]).toEqual([4, 3 * 4 + 4 + 4 * 2 + 2])
  let column = 0
  for (const [name, { shape }] of Object.entries(network.parameters)) {
    for (let index = 0; index < shape.reduce((a, b) => a * b, 1); index++, column++) {
      samples.forEach((x, n) =>
        derivative(parameters, name, index, x).forEach((expected, output) =>
          expect((scores.data[(output * 2 + n) * scores.cols + column] as number) * Math.SQRT2).toBeCloseTo(expected, 8),
        ),
      )
    }
  }
})

/** Exact Fisher block of one layer from the score matrix: `RᵀR` restricted to the columns of its weight. */
async function weightBlock(network: Network, parameters: ParameterValues, inputs: tf.Tensor, layer: number): Promise<{ block: Float64Array; kronecker: Float64Array }> {
  const tensors = parameterTensors(parameters)
  const layers = await layerData(network, tensors, inputs, { kind: 'exact' })
  tf.dispose(tensors)
  const data = layers[layer] as (typeof layers)[number]
  const scores = perSampleGradients(network, layers)
  const before = layers.slice(0, layer).reduce((total, { layer: { in: from, out } }) => total + from * out, 0)
  const size = data.layer.in * data.layer.out
  const block = new Float64Array(size * size)
  for (let p = 0; p < size; p++) {
    for (let q = 0; q < size; q++) {
      let total = 0
      for (let row = 0; row < scores.rows; row++) total += (scores.data[row * scores.cols + before + p] as number) * (scores.data[row * scores.cols + before + q] as number)
      block[p * size + q] = total
    }
  }
  const [a, g] = [activationFactor(data), gradientFactor(data)]
  const kronecker = new Float64Array(size * size)
  for (let p = 0; p < size; p++) {
    for (let q = 0; q < size; q++) {
      const [o, i, oo, ii] = [Math.floor(p / a.rows), p % a.rows, Math.floor(q / a.rows), q % a.rows]
      kronecker[p * size + q] = (g.data[o * g.rows + oo] as number) * (a.data[i * a.rows + ii] as number)
    }
  }
  return { block, kronecker }
}

describe('C1: A ⊗ G is the exact Fisher block', () => {
  test.each([
    ['a deep linear network on one datum', perceptronOf([3, 4, 2, 2], 'identity', 'gaussian'), false],
    ['a tanh network on one input repeated', perceptronOf([3, 4, 2], 'tanh', 'gaussian'), true],
    ['a softmax head on one input repeated', perceptronOf([3, 4, 3], 'tanh', 'categorical'), true],
  ])('for %s', async (_, build, repeated) => {
    const network = build()
    const datum = standardNormals(3, 3)
    const inputs = repeated ? exactTensor(Float64Array.of(...datum, ...datum, ...datum), [3, 3]) : exactTensor(datum, [1, 3])
    for (const layer of network.layers.keys()) {
      const { block, kronecker } = await weightBlock(network, initialParameters(network, 8), inputs, layer)
      block.forEach((value, i) => expect(value).toBeCloseTo(kronecker[i] as number, 12))
    }
    inputs.dispose()
  })
})

function perceptronOf(widths: readonly number[], activation: string, likelihood: Likelihood): () => Network {
  return () => perceptron(widths, activation, likelihood)
}

describe('C6: the head Fisher', () => {
  test('exact output gradients of a categorical head have the second moment diag(p) - p pᵀ', async () => {
    const network = perceptron([2, 3], 'identity', 'categorical')
    const tensors = parameterTensors(initialParameters(network, 2))
    const inputs = exactTensor(Float64Array.of(0.4, -1.3), [1, 2])
    const [head] = await layerData(network, tensors, inputs, { kind: 'exact' })
    const weight = await exactData(tensors['body.fc1.weight'] as tf.Tensor)
    tf.dispose([inputs, ...Object.values(tensors)])
    const logits = [0, 1, 2].map(i => 0.4 * (weight[2 * i] as number) - 1.3 * (weight[2 * i + 1] as number))
    const powers = logits.map(Math.exp)
    const p = powers.map(power => power / powers.reduce((a, b) => a + b, 0))
    const g = gradientFactor(head as NonNullable<typeof head>)
    p.forEach((pi, i) => p.forEach((pj, j) => expect(g.data[i * 3 + j]).toBeCloseTo((i === j ? pi : 0) - pi * pj, 14)))
  })
})

describe('the three Fisher informations', () => {
  test.each(['gaussian', 'categorical'] as const)('labels drawn from the model approach the exact factor (%s)', async likelihood => {
    const network = perceptron([3, 4, 3], 'tanh', likelihood)
    const tensors = parameterTensors(initialParameters(network, 1))
    const inputs = exactTensor(standardNormals(2, 60), [20, 3])
    const [exact, sampled] = [await layerData(network, tensors, inputs, { kind: 'exact' }), await layerData(network, tensors, inputs, { kind: 'sampled', seed: 1, draws: 400 })]
    tf.dispose([inputs, ...Object.values(tensors)])
    exact.forEach((layer, i) => {
      const expected = gradientFactor(layer).data
      const trace = expected.reduce((total, value, k) => total + (k % (layer.layer.out + 1) === 0 ? value : 0), 0)
      // 8,000 draws: five standard errors of a second moment are about 8% of the trace.
      gradientFactor(sampled[i] as typeof layer).data.forEach((value, k) => expect(Math.abs(value - (expected[k] as number))).toBeLessThan(0.08 * trace))
    })
  })

  test('C2: with residual bias c and target noise variance v the empirical factor of a linear chain is t^{2(L-ℓ)} (c² + v)', async () => {
    const network = perceptron([1, 1, 1, 1], 'identity')
    const t = 0.1
    const one = { shape: [1, 1], data: Float64Array.of(t) }
    const tensors = parameterTensors({ 'body.fc1.weight': one, 'body.fc2.weight': one, 'body.fc3.weight': one })
    const x = standardNormals(5, 50)
    const inputs = exactTensor(x, [50, 1])
    // Residuals c ± √v, half and half: their second moment is exactly c² + v.
    const [c, v] = [0.3, 0.49]
    const targets = exactTensor(x.map((value, i) => t ** 3 * value - (c + (i % 2 === 0 ? 1 : -1) * Math.sqrt(v))), [50, 1]) as tf.Tensor2D
    const layers = await layerData(network, tensors, inputs, { kind: 'empirical', targets })
    tf.dispose([inputs, targets, ...Object.values(tensors)])
    layers.forEach((layer, i) => expect((gradientFactor(layer).data[0] as number) / (t ** (2 * (2 - i)) * (c * c + v))).toBeCloseTo(1, 12))
  })
})

test('factors on the backend equal those from the data, and nothing is left behind', async () => {
  const network = perceptron([3, 4, 2], 'tanh')
  const before = tf.memory().numTensors
  const tensors = parameterTensors(initialParameters(network, 6))
  const inputs = exactTensor(standardNormals(2, 30), [10, 3])
  const layers = await layerData(network, tensors, inputs, { kind: 'exact' })
  const factors = kroneckerFactors(network, tensors, inputs, { kind: 'exact' })
  for (const [i, { activation, gradient }] of factors.entries()) {
    const data = layers[i] as (typeof layers)[number]
    ;(await exactData(activation)).forEach((value, k) => expect(value).toBeCloseTo(activationFactor(data).data[k] as number, 13))
    ;(await exactData(gradient)).forEach((value, k) => expect(value).toBeCloseTo(gradientFactor(data).data[k] as number, 13))
    tf.dispose([activation, gradient])
  }
  tf.dispose([inputs, ...Object.values(tensors)])
  expect(tf.memory().numTensors).toBe(before)
})

test.each(['gaussian', 'categorical'] as const)('passes made together are those made one by one, for a %s model', async likelihood => {
  const outputs = 9
  const network = perceptron([3, 4, outputs], 'tanh', likelihood, true)
  const tensors = parameterTensors(initialParameters(network, 8))
  // So many that not all passes fit in one.
  const samples = 1500
  const inputs = exactTensor(standardNormals(2, 3 * samples), [samples, 3])
  const layers = await layerData(network, tensors, inputs, { kind: 'exact' })
  for (const [pass, cotangent] of cotangents(likelihood, { kind: 'exact' }, outputs).entries()) {
    const seen = tappedPass(network, tensors, inputs, cotangent)
    for (const [i, { activations, gradients, layer }] of layers.entries()) {
      const [a, g] = await Promise.all([exactData(seen[i]!.inputs), exactData(seen[i]!.gradients)])
      expect(activations.rows).toBe(samples)
      expect(largestGap(a, (_, at) => Math.sqrt(samples) * activations.data[at + Math.floor(at / layer.in)]!)).toBeLessThan(1e-14)
      expect(largestGap(g, (_, at) => Math.sqrt(samples) * gradients.data[pass * samples * layer.out + at]!)).toBeLessThan(1e-14)
    }
    tf.dispose(seen as unknown as tf.TensorContainer)
  }
  tf.dispose([inputs, ...Object.values(tensors)])
})

test('a layer whose output reaches nothing has the gradient zero', async () => {
  const layer = (name: string): NetworkDescription['nodes'][number] => ({ name, primitive: 'mlp', spec: { widths: [3, 2], activation: 'identity' }, inputs: ['input'] })
  const network = buildNetwork({ input: [3], nodes: [layer('idle'), layer('used')], output: 'used', likelihood: 'gaussian' }, createRegistry().use(mlp))
  const tensors = parameterTensors(initialParameters(network, 1))
  const inputs = exactTensor(standardNormals(2, 12), [4, 3])
  const [idle, used] = await layerData(network, tensors, inputs, { kind: 'exact' })
  tf.dispose([inputs, ...Object.values(tensors)])
  expect(idle?.gradients.data).toEqual(new Float64Array(2 * 4 * 2))
  expect([...(gradientFactor(used!).data)]).toEqual([1, 0, 0, 1])
})

function largestGap(values: Float64Array, other: (value: number, at: number) => number): number {
  return values.reduce((largest, value, at) => Math.max(largest, Math.abs(value - other(value, at))), 0)
}

test('C1: the Kronecker spectrum is that of the product matrix', async () => {
  const network = perceptron([2, 3, 2], 'tanh')
  const tensors = parameterTensors(initialParameters(network, 6))
  const inputs = exactTensor(standardNormals(2, 20), [10, 2])
  const [first] = await layerData(network, tensors, inputs, { kind: 'exact' })
  tf.dispose([inputs, ...Object.values(tensors)])
  const data = first as NonNullable<typeof first>
  const { activation, gradient } = factorSpectra(data)
  const spectrum = kroneckerSpectrum(activation, gradient)
  // Independently: eigenvalues of each factor from its Gram form, trace and determinant of the product.
  const [a, g] = [eigenOfGram(data.activations).values, eigenOfGram(data.gradients).values]
  expect(spectrum.reduce((x, y) => x + y, 0)).toBeCloseTo(a.reduce((x, y) => x + y, 0) * g.reduce((x, y) => x + y, 0), 10)
  expect([...spectrum]).toEqual([...spectrum].sort((x, y) => y - x))
  expect(spectrum).toHaveLength(6)
})

test('the Gram of the per-sample gradients is that of the score matrix, never formed', async () => {
  const network = perceptron([3, 4, 2], 'tanh', 'gaussian', true)
  const tensors = parameterTensors(initialParameters(network, 6))
  const inputs = exactTensor(standardNormals(2, 15), [5, 3])
  const layers = await layerData(network, tensors, inputs, { kind: 'exact' })
  tf.dispose([inputs, ...Object.values(tensors)])
  const gram = perSampleGradientGram(layers)
  const scores = perSampleGradients(network, layers)
  for (let i = 0; i < gram.rows; i++) {
    for (let j = 0; j < gram.rows; j++) {
      let expected = 0
      for (let k = 0; k < scores.cols; k++) expected += (scores.data[i * scores.cols + k] as number) * (scores.data[j * scores.cols + k] as number)
      expect(gram.data[i * gram.rows + j]).toBeCloseTo(expected, 12)
    }
  }
  expect(singularValues(scores)[0]).toBeGreaterThan(0)
})

test('a network without linear maps has no factors', async () => {
  const network = buildNetwork({ input: [3], nodes: [{ name: 'norm', primitive: 'rmsnorm', spec: { width: 3 }, inputs: ['input'] }], output: 'norm', likelihood: 'gaussian' }, createRegistry().use(rmsnorm))
  const parameters = parameterTensors(initialParameters(network, 1))
  const inputs = exactTensor(standardNormals(2, 6), [2, 3])
  expect(kroneckerFactors(network, parameters, inputs, { kind: 'exact' })).toEqual([])
  tf.dispose([...Object.values(parameters), inputs])
})
