import { attention } from '@dead-directions/arch-attention'
import { embedding } from '@dead-directions/arch-embedding'
import { layernorm } from '@dead-directions/arch-layernorm'
import { linear } from '@dead-directions/arch-linear'
import { mlp } from '@dead-directions/arch-mlp'
import { residual } from '@dead-directions/arch-residual'
import { rmsnorm } from '@dead-directions/arch-rmsnorm'
import { swiglu } from '@dead-directions/arch-swiglu'
import { transformerBlock } from '@dead-directions/arch-transformer'
import { exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { buildNetwork, forward, initialParameters, type Network, type ParameterValues, parameterTensors, standardNormals } from '@dead-directions/network'
import { createRegistry, type NetworkDescription } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { findGauges } from './find-gauges.ts'
import type { Tangent } from './tangents.ts'

beforeAll(() => nodeBackend.install())

const node = (name: string, primitive: string, spec: Readonly<Record<string, unknown>>, from: string): NetworkDescription['nodes'][number] => ({ name, primitive, spec, inputs: [from] })
const networks: Readonly<Record<string, NetworkDescription>> = {
  'relu perceptron with logits': {
    input: [3],
    nodes: [node('a', 'mlp', { widths: [3, 4, 2, 3], activation: 'relu', bias: true }, 'input')],
    output: 'a',
    likelihood: 'categorical',
  },
  'linear chain across nodes': { input: [2], nodes: [node('a', 'linear', { in: 2, out: 3 }, 'input'), node('b', 'linear', { in: 3, out: 2 }, 'a')], output: 'b', likelihood: 'gaussian' },
  'layer norm with shift before a tanh perceptron': {
    input: [3],
    nodes: [node('n', 'layernorm', { width: 3, bias: true }, 'input'), node('a', 'mlp', { widths: [3, 4, 1], activation: 'tanh' }, 'n')],
    output: 'a',
    likelihood: 'gaussian',
  },
  'rms norm before attention and a gated block': {
    input: [2, 4],
    nodes: [node('n', 'rmsnorm', { width: 4 }, 'input'), node('a', 'attention', { width: 4, heads: 2, bias: true }, 'n'), node('s', 'swiglu', { width: 4, hidden: 3, activation: 'relu' }, 'a')],
    output: 's',
    likelihood: 'gaussian',
  },
  'embedded tokens before grouped-query attention with logits': {
    input: [3],
    nodes: [node('e', 'embedding', { vocabulary: 5, width: 4, positions: 6 }, 'input'), node('a', 'attention', { width: 4, heads: 4, keyValueHeads: 2, headWidth: 2, bias: true }, 'e')],
    output: 'a',
    likelihood: 'categorical',
  },
  'rotary grouped-query attention of one group': {
    input: [3, 4],
    nodes: [node('a', 'attention', { width: 4, heads: 2, keyValueHeads: 1, rope: {}, bias: true }, 'input')],
    output: 'a',
    likelihood: 'gaussian',
  },
  'post-norm block before a head': {
    input: [3, 4],
    nodes: [node('t', 'transformer-block', { width: 4, hidden: 3, norm: 'layernorm', placement: 'post', feedforward: 'mlp', activation: 'relu' }, 'input'), node('h', 'linear', { in: 4, out: 2 }, 't')],
    output: 'h',
    likelihood: 'gaussian',
  },
  'one norm read by two gated blocks': {
    input: [4],
    nodes: [
      node('n', 'rmsnorm', { width: 4 }, 'input'),
      node('a', 'swiglu', { width: 4, hidden: 2 }, 'n'),
      node('b', 'swiglu', { width: 4, hidden: 3 }, 'n'),
      { name: 'sum', primitive: 'residual', spec: { inputs: 2 }, inputs: ['a', 'b'] },
    ],
    output: 'sum',
    likelihood: 'gaussian',
  },
  'one norm read by a gated block and a sum': {
    input: [4],
    nodes: [node('n', 'rmsnorm', { width: 4 }, 'input'), node('a', 'swiglu', { width: 4, hidden: 2 }, 'n'), { name: 'sum', primitive: 'residual', spec: { inputs: 2 }, inputs: ['n', 'a'] }],
    output: 'sum',
    likelihood: 'gaussian',
  },
  'rotary transformer block': {
    input: [3, 4],
    nodes: [node('t', 'transformer-block', { width: 4, heads: 2, hidden: 3, norm: 'rmsnorm', placement: 'pre', feedforward: 'swiglu', rope: {} }, 'input')],
    output: 't',
    likelihood: 'gaussian',
  },
}

const registry = createRegistry().use(attention, embedding, layernorm, linear, mlp, residual, rmsnorm, swiglu, transformerBlock)

/** Parameters without a zero or a tie. */
function generic(network: Network): ParameterValues {
  const drawn = initialParameters(network, 3)
  return Object.fromEntries(Object.entries(drawn).map(([name, { shape, data }], i) => [name, { shape, data: data.map((x, j) => x + 0.5 * Math.sin(1 + 3 * i + j)) }]))
}

/** A loss without symmetry of its own, and its gradients. */
function lossAndGradients(network: Network, parameters: ParameterValues): { loss: number; gradients: Record<string, Float64Array> } {
  return tf.tidy(() => {
    const names = Object.keys(parameters)
    const tensors = parameterTensors(parameters)
    const drawn = standardNormals(5, 4 * network.description.input.reduce((a, b) => a * b, 1))
    const tokens = network.nodes[0]?.architecture.name === 'embedding'
    const inputs = exactTensor(tokens ? drawn.map(x => Math.floor(Math.abs(100 * x)) % 5) : drawn, [4, ...network.description.input])
    const loss = (...values: tf.Tensor[]): tf.Scalar => {
      const output = forward(network, Object.fromEntries(names.map((name, i) => [name, values[i] as tf.Tensor])), inputs)
      const read = network.description.likelihood === 'categorical' ? tf.softmax(output) : output
      const weights = exactTensor(standardNormals(6, read.size), read.shape)
      return tf.sum(tf.mul(weights, tf.square(read)))
    }
    const { value, grads } = tf.valueAndGrads(loss)(names.map(name => tensors[name] as tf.Tensor))
    return { loss: Number(value.dataSync()[0]), gradients: Object.fromEntries(names.map((name, i) => [name, Float64Array.from((grads[i] as tf.Tensor).dataSync())])) } as unknown as tf.TensorContainer
  }) as unknown as { loss: number; gradients: Record<string, Float64Array> }
}

/** Against the largest expected number, or against a given size where that may be zero. */
function worst(found: ArrayLike<number>, expected: ArrayLike<number>, size = Math.max(...Array.from(expected, Math.abs)) || 1): number {
  return Math.max(0, ...Array.from(found, (x, i) => Math.abs(x - (expected[i] as number)))) / size
}

describe.each(Object.entries(networks))('%s', (title, description) => {
  const found = (): { network: Network; parameters: ParameterValues } => {
    const network = buildNetwork(description, registry)
    return { network, parameters: generic(network) }
  }

  test('its gauges are the known ones', () => {
    const { network } = found()
    expect(findGauges(network).map(({ kind, units }) => `${kind} ${units}`)).toEqual(
      {
        'relu perceptron with logits': ['rescaling 4', 'permutation 4', 'rescaling 2', 'permutation 2', 'translation 2', 'translation 1'],
        'linear chain across nodes': ['general-linear 3'],
        'layer norm with shift before a tanh perceptron': ['sign 4', 'permutation 4', 'rescaling 3'],
        // Per head of the attention; its heads; its key bias; the gated block; the scales; the attention's output.
        'rms norm before attention and a gated block': [
          ...Array<string>(4).fill('general-linear 2'),
          ...['permutation 2', 'translation 4'],
          ...['rescaling 3', 'rescaling 3', 'permutation 3'],
          ...['rescaling 4', 'general-linear 4'],
        ],
        // Tokens against positions; twice a key-value head with its two query heads; the key-value heads; the key bias; between; logits.
        'embedded tokens before grouped-query attention with logits': [
          'translation 4',
          ...['general-linear 2', 'general-linear 2', 'permutation 2'],
          ...['general-linear 2', 'general-linear 2', 'permutation 2'],
          ...['permutation 2', 'translation 4'],
          'general-linear 4',
          ...['translation 8', 'translation 1'],
        ],
        'rotary grouped-query attention of one group': ['general-linear 2', 'phase 2', 'permutation 2'],
        'post-norm block before a head': ['general-linear 4', 'general-linear 4', 'rescaling 3', 'permutation 3', 'rescaling 4'],
        'one norm read by two gated blocks': ['rescaling 2', 'permutation 2', 'rescaling 3', 'permutation 3', 'rescaling 4'],
        'one norm read by a gated block and a sum': ['rescaling 2', 'permutation 2'],
        'rotary transformer block': ['general-linear 2', 'phase 2', 'general-linear 2', 'phase 2', 'permutation 2', 'rescaling 3', 'permutation 3', 'rescaling 4', 'rescaling 4'],
      }[title],
    )
  })

  test('random elements leave the loss and the invariants alone and move gradients by the inverse transpose', () => {
    const { network, parameters } = found()
    const before = tf.memory().numTensors
    const here = lossAndGradients(network, parameters)
    const gradients = Object.fromEntries(Object.entries(here.gradients).map(([name, data]) => [name, { shape: parameters[name]?.shape ?? [], data }]))
    for (const gauge of findGauges(network)) {
      const element = gauge.randomElement(13)
      const moved = gauge.act(element, parameters)
      const there = lossAndGradients(network, moved)
      expect(Math.abs(there.loss - here.loss) / Math.abs(here.loss), gauge.label).toBeLessThan(1e-12)
      const expected = gauge.actOnGradients(element, gradients)
      const size = Math.max(...Object.values(expected).flatMap(({ data }) => Array.from(data, Math.abs)))
      for (const name of Object.keys(parameters)) expect(worst(there.gradients[name] ?? [], expected[name]?.data ?? [], size), `${gauge.label} ${name}`).toBeLessThan(1e-12)
      expect(worst(gauge.invariants(moved), gauge.invariants(parameters)), gauge.label).toBeLessThan(1e-12)
      const change = (seed: number): number => Math.max(...gauge.parameters.map(name => worst(gauge.act(gauge.randomElement(seed), parameters)[name]?.data ?? [], parameters[name]?.data ?? [])))
      expect(Math.max(...[1, 2, 3, 4, 5, 6].map(change)), gauge.label).toBeGreaterThan(0.01)
    }
    expect(tf.memory().numTensors).toBe(before)
  })

  test('the gradient annihilates every tangent, of which there are as many as dimensions', () => {
    const { network, parameters } = found()
    const { gradients } = lossAndGradients(network, parameters)
    const along = (tangent: Tangent): number => Object.entries(tangent).reduce((sum, [name, data]) => sum + data.reduce((part, x, i) => part + x * (gradients[name]?.[i] as number), 0), 0)
    for (const gauge of findGauges(network)) {
      const tangents = gauge.tangents(parameters)
      for (const tangent of tangents) expect(Math.abs(along(tangent)), gauge.label).toBeLessThan(1e-12)
      expect(gauge.dimension, gauge.label).toBe(tangents.length)
    }
  })
})
