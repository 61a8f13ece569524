import { mlp } from '@dead-directions/arch-mlp'
import { transformerBlock } from '@dead-directions/arch-transformer'
import { exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { identity } from '@dead-directions/linalg'
import { buildNetwork, forward, initialParameters, type Network, type ParameterValues, standardNormals } from '@dead-directions/network'
import { checkEquivariance, findGauges, type Gauge } from '@dead-directions/quotient'
import { createRegistry, type Likelihood } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { DDCAdam } from './ddcadam.ts'

interface Problem {
  readonly gauges: readonly Gauge[]
  readonly parameters: ParameterValues
  loss(parameters: Readonly<Record<string, tf.Tensor>>): tf.Scalar
}

function problem(network: Network, samples: number): Problem {
  const shape = network.description.input
  const size = shape.reduce((a, b) => a * b, 1)
  const outputs = network.outputShape.reduce((a, b) => a * b, 1)
  const drawn = initialParameters(network, 2)
  const inputs = exactTensor(standardNormals(7, samples * size), [samples, ...shape])
  const target = exactTensor(standardNormals(8, samples * outputs), [samples, ...network.outputShape])
  return {
    gauges: findGauges(network),
    parameters: Object.fromEntries(Object.entries(drawn).map(([name, value], i) => [name, { ...value, data: value.data.map((x, j) => x + 0.3 * Math.sin(1 + 2 * i + j)) }])),
    loss: parameters => {
      const output = forward(network, parameters, inputs)
      if (network.description.likelihood === 'gaussian') return tf.mean(tf.squaredDifference(output, target))
      return tf.mean(tf.mul(target, tf.softmax(output)))
    },
  }
}

function perceptron(widths: readonly number[], bias: boolean, likelihood: Likelihood, activation = 'relu'): Problem {
  const nodes = [{ name: 'body', primitive: 'mlp', spec: { widths, activation, bias }, inputs: ['input'] }]
  return problem(buildNetwork({ input: [widths[0] as number], nodes, output: 'body', likelihood }, createRegistry().use(mlp)), 4)
}

/** Norms, heads, a feed-forward part: everything that a block holds. */
function block(spec: object): Problem {
  const whole = { width: 4, heads: 2, hidden: 3, norm: 'rmsnorm', placement: 'pre', feedforward: 'mlp', activation: 'relu', ...spec }
  const nodes = [{ name: 't', primitive: 'transformer-block', spec: whole, inputs: ['input'] }]
  return problem(buildNetwork({ input: [2, 4], nodes, output: 't', likelihood: 'gaussian' }, createRegistry().use(transformerBlock)), 3)
}

/** One number for all units, which is all that whole blocks know of. */
function uniform(gauge: Gauge): Gauge {
  const scaled = (factor: number): ReturnType<typeof identity> => ({ ...identity(gauge.units), data: identity(gauge.units).data.map(x => x * factor) })
  return {
    ...gauge,
    randomElement: seed => {
      const log = standardNormals(seed, 1)[0] as number
      return { forward: scaled(Math.exp(log)), dual: scaled(Math.exp(-log)) }
    },
  }
}

describe.each([
  ['float64', 1e-12, () => nodeBackend.install()],
  ['float32', 1e-4, () => tf.setBackend('cpu')],
] as const)('in %s', (_precision, bound, install) => {
  test('all gauges of a chain with logits at once, 50 elements of each, commute with 100 steps, and not with Adam', async () => {
    await install()
    const tensors = tf.memory().numTensors
    const { gauges, ...chain } = perceptron([1, 2, 2, 2], false, 'categorical')
    expect(gauges.map(({ kind }) => kind)).toEqual(['rescaling', 'permutation', 'rescaling', 'permutation', 'translation'])
    const study = { ...chain, gauge: gauges }
    expect(await checkEquivariance(() => new DDCAdam({ learningRate: 0.01, weightDecay: 0.1, gauges }), study)).toBeLessThan(bound)
    expect(await checkEquivariance(() => tf.train.adam(0.01), { ...study, elements: 2 })).toBeGreaterThan(0.1)
    expect(tf.memory().numTensors).toBe(tensors + 2)
  })

  test('all gauges of a linear chain with biases at once, 50 elements of each, commute with 100 steps, and not with Adam', async () => {
    await install()
    const { gauges, ...chain } = perceptron([4, 3, 2, 4], true, 'gaussian', 'identity')
    expect(gauges.map(({ kind }) => kind)).toEqual(['general-linear', 'general-linear'])
    const study = { ...chain, gauge: gauges }
    expect(await checkEquivariance(() => new DDCAdam({ learningRate: 0.01, weightDecay: 0.1, gauges, linearGauges: 'whole' }), study)).toBeLessThan(bound)
    expect(await checkEquivariance(() => tf.train.adam(0.01), { ...study, elements: 2 })).toBeGreaterThan(0.1)
  })
})

test('of whole blocks one number each of a chain, 50 elements, commutes with 100 steps to 1e-12, and not with Adam', async () => {
  await nodeBackend.install()
  const { gauges, ...chain } = perceptron([1, 2, 2, 1], false, 'gaussian')
  const study = { ...chain, gauge: gauges.filter(({ kind }) => kind === 'rescaling').map(uniform) }
  expect(await checkEquivariance(() => new DDCAdam({ learningRate: 0.01, gauges, granularity: 'block' }), study)).toBeLessThan(1e-12)
  expect(await checkEquivariance(() => tf.train.adam(0.01), { ...study, elements: 2 })).toBeGreaterThan(0.1)
})

test.each([
  ['block with biases', { bias: true }],
  ['gated rotary block', { rope: {}, feedforward: 'swiglu', activation: 'silu' }],
])('all gauges of a transformer %s at once commute with 100 steps to 1e-12, and not with Adam', async (_title, spec) => {
  await nodeBackend.install()
  const { gauges, ...transformer } = block(spec)
  const study = { ...transformer, gauge: gauges, elements: 2 }
  expect(await checkEquivariance(() => new DDCAdam({ learningRate: 0.01, gauges, linearGauges: 'whole' }), study)).toBeLessThan(1e-12)
  expect(await checkEquivariance(() => tf.train.adam(0.01), { ...study, elements: 1 })).toBeGreaterThan(0.1)
})
