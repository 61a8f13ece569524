import { mlp } from '@dead-directions/arch-mlp'
import { transformerBlock } from '@dead-directions/arch-transformer'
import { exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { identity } from '@dead-directions/linalg'
import { buildNetwork, forward, initialParameters, type Network, type ParameterValues, standardNormals } from '@dead-directions/network'
import { checkEquivariance, findGauges, type Gauge, gaugeOf } from '@dead-directions/quotient'
import { createRegistry, type Likelihood } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { DDCAdam, type DDCAdamOptions } from './ddcadam.ts'

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
    gauges: findGauges(network).map(gauge => (gauge.kind === 'general-linear' ? gaugeOf({ ...gauge, kind: 'rotation' }) : gauge)),
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

function block(rope: false | object): Problem {
  const spec = { rope, width: 4, heads: 2, hidden: 3, norm: 'rmsnorm', placement: 'pre', feedforward: 'mlp', activation: 'relu' }
  const nodes = [{ name: 't', primitive: 'transformer-block', spec, inputs: ['input'] }]
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

const kinds = ['rescaling', 'translation', 'rotation', 'phase']

interface Case {
  readonly problem: Problem
  readonly options?: Partial<DDCAdamOptions>
  readonly acting?: (gauge: Gauge) => Gauge
  /** Random elements for each gauge. */
  readonly elements: number
}

const cases: Readonly<Record<string, () => Case>> = {
  'units and logits, decayed': () => ({ problem: perceptron([2, 2, 2], true, 'categorical'), options: { weightDecay: 0.1 }, elements: 50 }),
  'rotations between linear maps': () => ({ problem: perceptron([2, 3, 2], true, 'gaussian', 'identity'), elements: 50 }),
  'units of two hidden layers': () => ({ problem: perceptron([2, 3, 3, 1], true, 'gaussian'), elements: 2 }),
  'whole blocks of two hidden layers': () => ({ problem: perceptron([2, 3, 3, 1], true, 'gaussian'), options: { granularity: 'block' }, acting: uniform, elements: 2 }),
}

describe.each(Object.entries(cases))('%s', (_title, make) => {
  test('in float64 every gauge commutes with 100 steps to 1e-12, and not with Adam', async () => {
    await nodeBackend.install()
    const { problem, options, elements, acting = gauge => gauge } = make()
    const tensors = tf.memory().numTensors
    for (const gauge of problem.gauges.filter(({ kind }) => kinds.includes(kind)).map(acting)) {
      const study = { ...problem, gauge, elements }
      expect(await checkEquivariance(() => new DDCAdam({ learningRate: 0.01, gauges: problem.gauges, ...options }), study), gauge.label).toBeLessThan(1e-12)
      // Gradients do not see a translation, so that Adam without decay respects it.
      if (gauge.kind !== 'translation') expect(await checkEquivariance(() => tf.train.adam(0.01), { ...study, elements: 2 }), gauge.label).toBeGreaterThan(0.1)
    }
    expect(tf.memory().numTensors).toBe(tensors)
  })
})

test.each([
  ['', false],
  ['rotary ', {}],
] as const)('every gauge of a %stransformer block commutes with 20 steps to 1e-12, and not with Adam', async (_rotary, rope) => {
  await nodeBackend.install()
  const transformer = block(rope)
  const gauges = transformer.gauges.filter(({ kind }) => kinds.includes(kind))
  expect(gauges.filter(({ kind }) => kind === 'phase')).toHaveLength(rope === false ? 0 : 2)
  for (const gauge of gauges) {
    const study = { ...transformer, gauge, steps: 20, elements: 2 }
    expect(await checkEquivariance(() => new DDCAdam({ learningRate: 0.01, gauges: transformer.gauges }), study), gauge.label).toBeLessThan(1e-12)
    // By chance an element may come close to one that only swaps or flips entries, which Adam respects.
    expect(await checkEquivariance(() => tf.train.adam(0.01), { ...study, elements: 5 }), gauge.label).toBeGreaterThan(1e-2)
  }
})

test('in float32 units, logits and rotations commute with 100 steps to 1e-4', async () => {
  await tf.setBackend('cpu')
  for (const given of [perceptron([2, 3, 3], true, 'categorical'), perceptron([2, 3, 2], true, 'gaussian', 'identity')]) {
    for (const gauge of given.gauges.filter(({ kind }) => kinds.includes(kind))) {
      expect(await checkEquivariance(() => new DDCAdam({ learningRate: 0.01, gauges: given.gauges }), { ...given, gauge, elements: 3 }), gauge.label).toBeLessThan(1e-4)
    }
  }
})
