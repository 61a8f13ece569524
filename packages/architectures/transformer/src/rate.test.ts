import { linear } from '@dead-directions/arch-linear'
import { nodeBackend } from '@dead-directions/backend-node'
import { type MeasuredRates, measureRates, registerConformanceTest } from '@dead-directions/conformance'
import { buildNetwork } from '@dead-directions/network'
import { type Architecture, createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { TransformerBlockSpec } from './spec.ts'
import { transformerBlock } from './transformer-block.ts'

let tensorsBefore = 0

beforeAll(() => nodeBackend.install())
beforeEach(() => void (tensorsBefore = tf.memory().numTensors))
afterEach(() => expect(tf.memory().numTensors).toBe(tensorsBefore))

const registry = createRegistry().use(linear, transformerBlock)

registerConformanceTest(test, transformerBlock, registry)

const variants: Readonly<Record<string, Omit<TransformerBlockSpec, 'width'>>> = {
  'block-post-layernorm-swiglu-causal': { hidden: 3, norm: 'layernorm', placement: 'post', feedforward: 'swiglu', heads: 2, causal: true },
  'block-peri-layernorm-relu-rotary': { hidden: 6, norm: 'layernorm', placement: 'peri', feedforward: 'mlp', activation: 'relu', rope: {} },
  'block-pre-rmsnorm-relu-rotary-causal': { hidden: 6, norm: 'rmsnorm', placement: 'pre', feedforward: 'mlp', activation: 'relu', heads: 2, rope: {}, causal: true },
  'block-post-rmsnorm-reglu': { hidden: 6, norm: 'rmsnorm', placement: 'post', feedforward: 'swiglu', activation: 'relu' },
  'block-peri-rmsnorm-tanh-heads': { hidden: 5, norm: 'rmsnorm', placement: 'peri', feedforward: 'mlp', activation: 'tanh', heads: 2 },
  'block-pre-layernorm-gelu-bias-epsilon': { hidden: 5, norm: 'layernorm', placement: 'pre', feedforward: 'mlp', heads: 2, bias: true, epsilon: 1e-3 },
  'block-post-rmsnorm-relu-bias': { hidden: 5, norm: 'rmsnorm', placement: 'post', feedforward: 'mlp', activation: 'relu', bias: true },
  'block-peri-layernorm-swiglu-bias-epsilon': { hidden: 5, norm: 'layernorm', placement: 'peri', feedforward: 'swiglu', bias: true, epsilon: 1e-3 },
}
for (const [name, spec] of Object.entries(variants)) {
  registerConformanceTest(test, { ...transformerBlock, name, probes: () => [], example: width => ({ width, ...spec }) } as Architecture, registry)
}

const width = 4

/** The dead channel at every node of a stack of blocks with linear maps below and above. */
function measured(spec: Omit<TransformerBlockSpec, 'width' | 'hidden'>, below: number, blocks: number, above: number): Promise<MeasuredRates> {
  const repeated = (count: number, primitive: string, own: object): { primitive: string; spec: Record<string, unknown> }[] =>
    Array.from({ length: count }, () => ({ primitive, spec: { ...own } }))
  const map = { in: width, out: width }
  const nodes = [...repeated(below, 'linear', map), ...repeated(blocks, 'transformer-block', { width, hidden: width, ...spec }), ...repeated(above, 'linear', map)].map(
    (node, i) => ({ ...node, name: `node${i + 1}`, inputs: [i === 0 ? 'input' : `node${i}`] }),
  )
  return measureRates(buildNetwork({ input: [3, width], nodes, output: `node${nodes.length}`, likelihood: 'gaussian' }, registry))
}

function rates({ nodes }: MeasuredRates, node: number): { forward: number; backward: number } {
  const { forwardFit, backwardFit } = nodes[node - 1] as MeasuredRates['nodes'][number]
  if (forwardFit.kind === 'refused' || backwardFit.kind === 'refused') throw new Error('no straight window')
  return { forward: forwardFit.rate, backward: backwardFit.rate }
}

test.each(['layernorm', 'rmsnorm'] as const)('pre-norm with %s: rate 0 in both directions at every depth up to 6, and at t → 0 the dead channel passes unchanged', async norm => {
  const found = await measured({ norm, placement: 'pre', feedforward: 'mlp' }, 0, 6, 0)
  found.nodes.forEach(({ forward }, i) => {
    expect(Math.abs(rates(found, i + 1).forward)).toBeLessThan(0.01)
    expect(Math.abs(rates(found, i + 1).backward)).toBeLessThan(0.01)
    // At t = 1e-6 a branch adds t² times what the living channels leave of order one.
    expect(Math.abs((forward[0] as number) / Math.sqrt(found.inputMoment) - 1)).toBeLessThan(1e-9)
  })
})

test.each([
  [0, 2],
  [3, 1],
])('RMSNorm, %i linear maps below and %i above: forward all pass, backward the shorter side counts, at every placement', async (below, above) => {
  for (const placement of ['pre', 'post', 'peri'] as const) {
    const found = await measured({ norm: 'rmsnorm', placement, feedforward: 'mlp' }, below, 2, above)
    expect(Math.abs(rates(found, below + 1).forward - below)).toBeLessThan(0.02)
    expect(Math.abs(rates(found, below + 1).backward - Math.min(below, above))).toBeLessThan(0.02)
  }
})

test('LayerNorm before the branches leaks t² forward and order zero backward', async () => {
  const deep = await measured({ norm: 'layernorm', placement: 'pre', feedforward: 'mlp' }, 3, 1, 0)
  expect(Math.abs(rates(deep, 4).forward - 2)).toBeLessThan(0.02)
  const between = await measured({ norm: 'layernorm', placement: 'pre', feedforward: 'mlp' }, 1, 1, 2)
  expect(Math.abs(rates(between, 1).backward)).toBeLessThan(0.02)
})
