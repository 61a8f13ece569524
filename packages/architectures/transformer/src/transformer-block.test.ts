import { attention } from '@dead-directions/arch-attention'
import { layernorm } from '@dead-directions/arch-layernorm'
import { mlp } from '@dead-directions/arch-mlp'
import { residual } from '@dead-directions/arch-residual'
import { rmsnorm } from '@dead-directions/arch-rmsnorm'
import { swiglu } from '@dead-directions/arch-swiglu'
import { exactData, exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { buildNetwork, forward, type Network, parameterTensors, type ParameterValues, standardNormals } from '@dead-directions/network'
import { createRegistry, type NodeDescription } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import type { TransformerBlockSpec } from './spec.ts'
import { transformerBlock } from './transformer-block.ts'

beforeAll(() => nodeBackend.install())

const [samples, positions, width, hidden] = [3, 5, 4, 6]
const registry = createRegistry().use(attention, layernorm, mlp, residual, rmsnorm, swiglu, transformerBlock)
const network = (nodes: readonly NodeDescription[], output: string): Network => buildNetwork({ input: [positions, width], nodes, output, likelihood: 'gaussian' }, registry)
const block = (spec: object): Network => network([{ name: 'block', primitive: 'transformer-block', spec: { ...spec }, inputs: ['input'] }], 'block')

/** The block wired by hand, one node per part and sum. */
function wired(spec: TransformerBlockSpec): Network {
  const [bias, epsilon] = [spec.bias ?? false, spec.epsilon ?? 0]
  const node = (name: string, primitive: string, own: object, ...inputs: string[]): NodeDescription => ({ name, primitive, spec: { ...own }, inputs })
  const norm = (name: string, from: string): NodeDescription => node(name, spec.norm, spec.norm === 'layernorm' ? { width, bias, epsilon } : { width, epsilon }, from)
  const sum = (name: string, stream: string, branch: string): NodeDescription => node(name, 'residual', { inputs: 2 }, stream, branch)
  const attend = (from: string): NodeDescription => node('attention', 'attention', { width, heads: 2, causal: true, rope: {}, bias }, from)
  const feed = (from: string): NodeDescription =>
    spec.feedforward === 'mlp' ? node('feedforward', 'mlp', { widths: [width, hidden, width], activation: 'tanh', bias }, from) : node('feedforward', 'swiglu', { width, hidden }, from)
  switch (spec.placement) {
    case 'pre':
      return network([norm('norm1', 'input'), attend('norm1'), sum('sum1', 'input', 'attention'), norm('norm2', 'sum1'), feed('norm2'), sum('sum2', 'sum1', 'feedforward')], 'sum2')
    case 'post':
      return network([attend('input'), sum('sum1', 'input', 'attention'), norm('norm1', 'sum1'), feed('norm1'), sum('sum2', 'norm1', 'feedforward'), norm('norm2', 'sum2')], 'norm2')
    case 'peri': {
      const first = [norm('norm1', 'input'), attend('norm1'), norm('outputNorm1', 'attention'), sum('sum1', 'input', 'outputNorm1')]
      return network([...first, norm('norm2', 'sum1'), feed('norm2'), norm('outputNorm2', 'feedforward'), sum('sum2', 'sum1', 'outputNorm2')], 'sum2')
    }
  }
}

async function output(of: Network, parameters: ParameterValues): Promise<Float64Array> {
  const before = tf.memory().numTensors
  const tensors = parameterTensors(parameters)
  const inputs = exactTensor(standardNormals(3, samples * positions * width), [samples, positions, width])
  const result = tf.tidy(() => forward(of, tensors, inputs))
  const data = await exactData(result)
  tf.dispose([result, inputs, ...Object.values(tensors)])
  expect(tf.memory().numTensors).toBe(before)
  return data
}

const kinds = (['pre', 'post', 'peri'] as const).flatMap(placement =>
  (['layernorm', 'rmsnorm'] as const).map((norm): TransformerBlockSpec => ({
    ...(norm === 'layernorm' ? { feedforward: 'mlp', activation: 'tanh' } : { feedforward: 'swiglu' }),
    ...{ width, hidden, norm, placement, heads: 2, causal: true, rope: {} },
  })),
)

const biased = kinds.map((spec): TransformerBlockSpec => ({ ...spec, bias: true, epsilon: 1e-2 }))

test.each([...kinds, ...biased])('is the network wired by hand from its parts, to rounding: $placement-norm, $norm, $feedforward, biases: $bias', async spec => {
  const [whole, parts] = [block(spec), wired(spec)]
  const drawn = Object.entries(parts.parameters).map(([name, { shape }], i) => ({ name, shape, data: standardNormals(i, shape.reduce((product, n) => product * n)).map(z => z / 2) }))
  expect(Object.keys(whole.parameters).sort()).toEqual(drawn.map(({ name }) => `block.${name}`).sort())
  const expected = await output(parts, Object.fromEntries(drawn.map(({ name, shape, data }) => [name, { shape, data }])))
  const found = await output(whole, Object.fromEntries(drawn.map(({ name, shape, data }) => [`block.${name}`, { shape, data }])))
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  expect(found.length).toBe(expected.length)
  found.forEach((value, i) => expect(Math.abs(value - (expected[i] as number)) / largest).toBeLessThan(1e-14))
})

test('its linear maps are layers of the network, with their weights', () => {
  const { layers } = block({ width, hidden, norm: 'rmsnorm', placement: 'peri', feedforward: 'swiglu' })
  expect(layers.map(({ name, weight }) => [name, weight])).toEqual(
    ['attention.q', 'attention.k', 'attention.v', 'attention.o', 'feedforward.gate', 'feedforward.up', 'feedforward.down'].map(layer => [`block.${layer}`, `block.${layer}.weight`]),
  )
})

test('of its placements only post-norm with LayerNorm ends in a kernel: the inverse scales of the last normalisation', () => {
  const gamma = { shape: [3], data: Float64Array.of(1, 2, 2) }
  for (const spec of kinds) {
    const found = transformerBlock.kernels?.({ ...spec, width: 3 }, { 'norm2.gamma': gamma }) ?? []
    expect(found.map(({ direction }) => [...direction].map(x => Math.round(x * 1e12) / 1e12))).toEqual(
      spec.placement === 'post' && spec.norm === 'layernorm' ? [[2, 1, 1].map(x => Math.round((x / Math.sqrt(6)) * 1e12) / 1e12)] : [],
    )
  }
})

test('refuses inputs that are not positions of its width', () => {
  const spec = transformerBlock.example(4)
  expect(transformerBlock.outputShape(spec, [[7, 4]])).toEqual([7, 4])
  expect(() => transformerBlock.outputShape(spec, [[7, 3]])).toThrow('transformer-block.inputs: got [[7,3]], expected one input of shape [positions, 4]')
})
