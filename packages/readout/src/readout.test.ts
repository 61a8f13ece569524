import { embedding } from '@dead-directions/arch-embedding'
import { linear } from '@dead-directions/arch-linear'
import { mlp } from '@dead-directions/arch-mlp'
import { nodeBackend } from '@dead-directions/backend-node'
import { matrix, type Matrix } from '@dead-directions/linalg'
import { buildNetwork, canonicalApproach, initialParameters, type Network, type ParameterValues, standardNormals } from '@dead-directions/network'
import { createRegistry, type Likelihood, type TensorData } from '@dead-directions/registry'
import { deepLinearNetwork } from '@dead-directions/selection-rule'
import * as tf from '@tensorflow/tfjs'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readout, type ReadoutOptions } from './readout.ts'
import type { Report } from './report.ts'

let tensorsBefore = 0
beforeAll(() => nodeBackend.install())
beforeEach(() => void (tensorsBefore = tf.memory().numTensors))
afterEach(() => expect(tf.memory().numTensors).toBe(tensorsBefore))

function perceptron(widths: readonly number[], activation: string, bias: boolean | readonly boolean[] = false, likelihood: Likelihood = 'gaussian'): Network {
  return buildNetwork(
    { input: [widths[0] as number], nodes: [{ name: 'body', primitive: 'mlp', spec: { widths, activation, bias }, inputs: ['input'] }], output: 'body', likelihood },
    createRegistry().use(mlp),
  )
}

function withValues(network: Network, values: Readonly<Record<string, readonly number[]>>): ParameterValues {
  return Object.fromEntries(Object.entries(network.parameters).map(([name, { shape }]): [string, TensorData] => [name, { shape, data: Float64Array.from(values[name.replace('body.', '')] ?? []) }]))
}

function normalInputs(samples: number, width: number): Matrix {
  return matrix(samples, width, standardNormals(3, samples * width))
}

async function read(network: Network, parameters: ParameterValues, samples = 40): Promise<Report> {
  return readout(network, parameters, normalInputs(samples, network.description.input[0] as number), nodeBackend)
}

/** Factors of a signal of the given rank, with random excess of the given size, in the same random bases everywhere. */
function planted(network: Network, rank: number, size: number): ParameterValues {
  const drawn = initialParameters(network, 5)
  return Object.fromEntries(
    Object.entries(drawn).map(([name, { shape, data }]): [string, TensorData] => {
      const columns = shape[1] ?? 0
      return [name, { shape, data: data.map((value, i) => size * value + (i % columns === Math.floor(i / columns) && i % columns < rank ? 1 : 0)) }]
    }),
  )
}

describe.each(['identity', 'relu', 'tanh', 'gelu'])('a dead channel of a depth-5 %s chain', activation => {
  test('reads 5 in every layer, three ways', async () => {
    const network = perceptron([3, 3, 3, 3, 3, 3], activation)
    const report = await read(network, canonicalApproach(network, 0.05))
    expect(report.channels).toHaveLength(1)
    expect(report.layers).toHaveLength(5)
    for (const [l, { directions }] of report.layers.entries()) {
      expect(directions).toHaveLength(1)
      const [direction] = directions as [(typeof directions)[number]]
      expect(direction.refused).toBeNull()
      expect(Math.abs((direction.klOrder as number) - 5)).toBeLessThan(0.02)
      expect(direction.contribution).toBe(1 / 10)
      expect(Math.abs((direction.activationRate as number) - 2 * l)).toBeLessThan(0.02)
      expect(Math.abs((direction.gradientRate as number) - 2 * (4 - l))).toBeLessThan(0.02)
      expect(direction.predicted).toEqual({ activationRate: 2 * l, gradientRate: 2 * (4 - l) })
      expect(direction.duality?.agrees).toBe(true)
      expect((direction.window as readonly [number, number])[0]).toBeLessThan((direction.window as readonly [number, number])[1])
    }
  })
})

describe('linear networks (B7)', () => {
  test.each([
    [[4, 3, 4], 1],
    [[5, 4, 3, 4, 5], 2],
    [[4, 4, 4, 4], 0],
    [[3, 2, 3], 2],
  ])('sizes %j of planted rank %i get the closed form from the spectra', async (sizes, rank) => {
    const network = perceptron(sizes, 'identity')
    const report = await read(network, planted(network, rank, 0.02))
    const { lambda, multiplicity } = deepLinearNetwork(sizes, rank)
    expect(report.total).toMatchObject({ lambda, multiplicity })
    const directions = report.layers.flatMap(layer => layer.directions)
    expect(directions.every(({ klOrder }) => Math.abs((klOrder as number) - (sizes.length - 1)) < 1e-6)).toBe(true)
    expect(report.layers.map(layer => layer.directions.length)).toEqual(sizes.slice(1).map((out, i) => Math.min(out, sizes[i] as number) - rank))
  })

  test('a free output bias adds half an output each, whatever biases stand inside; without it one inside leaves no total', async () => {
    const free = perceptron([3, 2, 3], 'identity', [false, true])
    const lambda = deepLinearNetwork([3, 2, 3], 1).lambda
    expect((await read(free, { ...planted(free, 1, 0.02), 'body.fc2.bias': { shape: [3], data: Float64Array.of(1, 2, 3) } })).total?.lambda).toBe(lambda + 3 / 2)
    const both = perceptron([3, 2, 3], 'identity', true)
    const biases = { 'body.fc1.bias': { shape: [2], data: Float64Array.of(0.3, 0.02) }, 'body.fc2.bias': { shape: [3], data: Float64Array.of(1, 2, 3) } }
    expect((await read(both, { ...planted(both, 1, 0.02), ...biases })).total?.lambda).toBe(lambda + 3 / 2)
    const inner = perceptron([3, 2, 3], 'identity', [true, false])
    const report = await read(inner, { ...planted(inner, 1, 0.02), 'body.fc1.bias': { shape: [2], data: Float64Array.of(0.01, 0.02) } })
    expect(report.total).toBeNull()
    expect(report.missing).toContain('bias inside a linear network that has none at its output (layer body.fc1)')
  })

  test('a softmax head counts one output less, whatever the mean of its logits', async () => {
    const network = perceptron([4, 3, 5], 'identity', false, 'categorical')
    const values = planted(network, 2, 0.01)
    const last = values['body.fc2.weight'] as TensorData
    // A different constant per hidden unit on all logits: gauge, and far from small.
    const shifted = { ...values, 'body.fc2.weight': { shape: last.shape, data: last.data.map((value, i) => value + [5, -3, 0.7][i % 3]!) } }
    const { lambda, multiplicity } = deepLinearNetwork([4, 3, 4], 2)
    for (const parameters of [values, shifted]) expect((await read(network, parameters)).total).toMatchObject({ lambda, multiplicity })
  })

  test('width beyond the rank of a softmax head is no dying channel', async () => {
    const network = perceptron([4, 4, 3], 'identity', false, 'categorical')
    const report = await read(network, initialParameters(network, 3))
    expect(report.channels).toEqual([])
    expect(report.total?.lambda).toBe(deepLinearNetwork([4, 4, 2], 2).lambda)
  })

  test('behind an embedding it is the tokens seen that span the inputs', async () => {
    const registry = createRegistry().use(embedding, linear)
    const spec = { vocabulary: 6, width: 4 }
    const nodes = [
      { name: 'tokens', primitive: 'embedding', spec, inputs: ['input'] },
      { name: 'out', primitive: 'linear', spec: { in: 4, out: 2 }, inputs: ['tokens'] },
    ]
    const network = buildNetwork({ input: [3], nodes, output: 'out', likelihood: 'gaussian' }, registry)
    const tokens = (below: number): Matrix => matrix(50, 3, standardNormals(1, 150).map(z => Math.floor(Math.abs(z) * 7919) % below))
    const parameters = initialParameters(network, 2)
    expect((await readout(network, parameters, tokens(6), nodeBackend)).total?.lambda).toBe(deepLinearNetwork([6, 4, 2], 2).lambda)
    expect((await readout(network, parameters, tokens(2), nodeBackend)).missing).toContain('the inputs span 2 of 6 dimensions')
  })

  test('inputs that span too little leave no total', async () => {
    const network = perceptron([4, 3, 4], 'identity')
    expect((await read(network, planted(network, 1, 0.02), 3)).missing).toContain('the inputs span 3 of 4 dimensions')
  })
})

describe('smooth fibres (B1c)', () => {
  const student = { 'fc1.weight': [0.6, -2.5, -0.63], 'fc2.weight': [0.7, 1.2, -0.8] }

  test('two tanh units that nearly merge: four regular parameters, one direction of order 2, λ = 9/4', async () => {
    const network = perceptron([1, 3, 1], 'tanh')
    const report = await read(network, withValues(network, student), 64)
    expect(report.channels.map(({ kind, rule }) => [kind, rule])).toEqual([['merging units', 'smooth fibre']])
    expect(Math.abs((report.channels[0]?.klOrder?.value as number) - 2)).toBeLessThan(0.01)
    // ν = 4/2 + ν_LO(2), both from the paper's table.
    expect(report.total).toMatchObject({ lambda: 9 / 4, multiplicity: 1 })
    expect(report.total?.nu).toBeCloseTo(2 + 0.1729732674, 9)
  })

  test('with two inputs the pair separates in two dead directions', async () => {
    const network = perceptron([2, 3, 1], 'tanh')
    const parameters = withValues(network, { 'fc1.weight': [0.9, 0.3, -1.2, 1.5, 0.92, 0.29], 'fc2.weight': [0.7, 1.2, 0.8] })
    const report = await read(network, parameters, 120)
    // 9 parameters: 6 regular (two distinct units), 2 dead, 1 along the fibre: 6/2 + 2/4.
    expect(report.total).toMatchObject({ lambda: 3.5, multiplicity: 1, nu: null })
  })

  test('without anything dying the point is regular, gauges aside', async () => {
    const tanh = perceptron([3, 4, 2], 'tanh')
    expect((await read(tanh, initialParameters(tanh, 2), 100)).total).toMatchObject({ lambda: 10, multiplicity: 1, nu: 10 })
    const relu = perceptron([3, 4, 2], 'relu', true)
    // 26 parameters, of which rescaling its four units moves four.
    expect((await read(relu, initialParameters(relu, 2), 100)).total?.lambda).toBe(11)
  })
})

describe('priors and temperatures (B4, B5)', () => {
  const network = (): Network => perceptron([1, 3, 1], 'tanh')
  const student = { 'fc1.weight': [0.6, -2.5, -0.63], 'fc2.weight': [0.7, 1.2, -0.8] }
  const report = (options: ReadoutOptions): Promise<Report> => readout(network(), withValues(network(), student), normalInputs(64, 1), nodeBackend, options)

  test('a prior of order h gives the dead direction (h+1)/(2k), the four regular ones a half each as before', async () => {
    for (const [priorOrder, lambda] of [[0, 9 / 4], [1, 5 / 2], [3, 3]] as const) {
      const { layers, total, priorOrder: reported } = await report({ priorOrder })
      expect(reported).toBe(priorOrder)
      expect(layers[0]?.directions[0]).toMatchObject({ contribution: (priorOrder + 1) / 4 })
      expect(total).toMatchObject({ lambda, multiplicity: 1 })
      // B6 is stated for a flat prior.
      expect([total?.nu, layers[0]?.directions[0]?.nu].map(nu => nu === null)).toEqual([priorOrder > 0, priorOrder > 0])
    }
  })

  test('the temperature leaves λ alone and divides the expected divergence; n gives the learning curve', async () => {
    const warm = await report({ beta: 0.5, observations: 900 })
    expect(warm.total).toMatchObject({ lambda: 9 / 4, posterior: { beta: 0.5, expectedDivergence: 9 / 2, generalisationLoss: null } })
    expect(warm.total?.posterior.freeEnergy).toBeCloseTo((9 / 4) * Math.log(450), 12)
    expect((await report({ observations: 900 })).total?.posterior.generalisationLoss).toBe(1 / 400)
  })

  test('a linear network has no closed form where the prior vanishes along its dying channel, and needs none where nothing dies', async () => {
    const linear = perceptron([3, 2, 3], 'identity')
    const read = (rank: number): Promise<Report> => readout(linear, planted(linear, rank, 0.02), normalInputs(40, 3), nodeBackend, { priorOrder: 1 })
    expect((await read(1)).missing).toBe('B7 has no closed form for a prior that vanishes along the dying channel (order 1)')
    expect((await read(2)).total?.lambda).toBe(deepLinearNetwork([3, 2, 3], 2).lambda)
  })

  test.each<[ReadoutOptions, string]>([
    [{ priorOrder: -1 }, 'priorOrder: got -1, expected a whole number of at least 0'],
    [{ beta: 0 }, 'beta: got 0, expected a positive number'],
    [{ observations: 0.5 }, 'n: got 0.5, expected an integer of at least 1'],
  ])('refuses %o', async (options, message) => {
    await expect(report(options)).rejects.toThrow(new RangeError(message))
  })
})

describe('what is not determined says why', () => {
  test('a network whose outputs are lost in the noise may be zero, where λ of a single tanh unit is 1/2 and not 1', async () => {
    const network = perceptron([1, 1, 1], 'tanh')
    const [faint, plain] = await Promise.all([0.02, 0.5].map(size => readout(network, withValues(network, { 'fc1.weight': [size], 'fc2.weight': [-size] }), normalInputs(64, 1), nodeBackend)))
    expect(faint?.missing).toMatch(/flat direction|the outputs are \d\.\de-4 of the noise: the network may be one that should be zero/)
    expect(plain?.total?.lambda).toBe(1)
  })

  test('a vanishing hidden unit is a crossing', async () => {
    const network = perceptron([1, 2, 1], 'tanh')
    const report = await read(network, withValues(network, { 'fc1.weight': [1.5, 0.02], 'fc2.weight': [1, 0.03] }))
    expect(report.channels[0]).toMatchObject({ length: 2, rule: 'crossing of 2 components' })
    expect(report.total).toBeNull()
    expect(report.missing).toMatch(/crossing|flat direction/)
  })

  test('ReLU units that merge leave no analytic order behind: refused, not rounded', async () => {
    const network = perceptron([2, 2, 1], 'relu')
    const report = await read(network, withValues(network, { 'fc1.weight': [1, 0.5, 1.05, 0.45], 'fc2.weight': [1, 0.8] }), 400)
    expect(report.channels.map(({ kind }) => kind)).toEqual(['merging units'])
    expect(report.channels[0]?.klOrder).toBeNull()
    expect(report.channels[0]?.refused).not.toBeNull()
    expect(report.layers[0]?.directions[0]).toMatchObject({ klOrder: null, contribution: null })
    expect(report.total).toBeNull()
  })

  test('a bias caps the forward ladder: lower layers disagree with the path and are refused with both numbers', async () => {
    const network = perceptron([3, 3, 3, 3], 'identity', true)
    const report = await read(network, canonicalApproach(network, 0.05))
    expect(report.layers[0]?.directions[0]?.refused).toMatch(/the factors read k = 3\.\d+ ± .*, the path k = 2\./)
    expect(report.layers[2]?.directions[0]?.refused).toBeNull()
  })

  test('too few samples to see all parameters', async () => {
    const network = perceptron([3, 4, 1], 'tanh')
    expect((await read(network, initialParameters(network, 2), 10)).missing).toBe('10 samples are too few to see all 16 parameters')
  })
})

test('drawn labels, for wide outputs, read the same rates as exact gradients', async () => {
  // 4,000 samples, 24 outputs and 24·24·2 weights are beyond the work that exact gradients may cost.
  const network = perceptron([24, 24, 24], 'tanh')
  const parameters = canonicalApproach(network, 0.05)
  const report = await readout(network, parameters, normalInputs(4000, 24), nodeBackend)
  expect(report.fisher).toBe('labels drawn from the model')
  for (const { directions } of report.layers) expect(Math.abs((directions[0]?.klOrder as number) - 2)).toBeLessThan(0.02)
})

test('the same checkpoint reads the same bits, and progress ends where it should', async () => {
  const network = perceptron([2, 2, 2], 'tanh')
  const steps: [number, number][] = []
  const options = { onProgress: (done: number, total: number): void => void steps.push([done, total]) }
  const [one, other] = [await readout(network, canonicalApproach(network, 0.05), normalInputs(30, 2), nodeBackend, options), await read(network, canonicalApproach(network, 0.05), 30)]
  expect(one).toEqual(other)
  expect(steps.at(-1)?.[0]).toBe(steps.at(-1)?.[1])
  expect(steps.every(([done], i) => i === 0 || done >= (steps[i - 1]?.[0] as number))).toBe(true)
})

test('a unit that is exactly dead leaves no path, and says so', async () => {
  const network = perceptron([2, 3, 2], 'tanh')
  const report = await read(network, withValues(network, { 'fc1.weight': [1, 0.2, -0.3, 1, 0, 0], 'fc2.weight': [1, 0.5, 0, 0.4, -1, 0] }))
  expect(report.channels[0]?.refused).toBe('the checkpoint is this singular point itself: there is no path to read')
  expect(report.layers[0]?.directions[0]?.klOrder).toBeNull()
})

test.each([
  [matrix(3, 5), 'inputs columns: got 5, expected 2, as the network reads'],
  [matrix(0, 2), 'inputs rows: got 0, expected at least one sample'],
])('refuses inputs that do not fit', async (inputs, message) => {
  const network = perceptron([2, 3, 2], 'tanh')
  await expect(readout(network, initialParameters(network, 1), inputs, nodeBackend)).rejects.toThrow(message)
})

test('gauges of a wide linear network are counted, not made', async () => {
  const network = perceptron([128, 128, 128, 128], 'identity')
  const { gauges } = await read(network, initialParameters(network, 1), 4)
  expect(gauges.map(({ dimension }) => dimension)).toEqual([128 ** 2, 128 ** 2])
})
