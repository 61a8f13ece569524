import { linear } from '@dead-directions/arch-linear'
import { nodeBackend } from '@dead-directions/backend-node'
import { type Architecture, type Composition, createRegistry, type RateRule } from '@dead-directions/registry'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildNetwork } from './network.ts'
import { type NodePrediction, predictRates } from './predict-rates.ts'

beforeAll(() => nodeBackend.install())

/** A primitive that is nothing but a rule: it passes its first input on. */
function ruled(name: string, rule: RateRule): Architecture {
  return {
    ...linear,
    name,
    outputShape: () => [2],
    parameters: () => ({}),
    forward: (_scope, _spec, _parameters, [input]) => input,
    rate: () => rule,
    gauges: () => [],
  } as Architecture
}

const one = { rate: 0, coefficient: 1 }
const weight = (p: number, c = 1): RateRule => ({ forward: { rate: p, coefficient: c }, backward: { rate: p, coefficient: c }, composition: { kind: 'additive' } })
const composed = (composition: Composition, forward = one, backward = one): RateRule => ({ forward, backward, composition })

type Nodes = readonly { readonly name: string; readonly rule: RateRule; readonly from: readonly string[] }[]

function predicted(nodes: Nodes): ReadonlyMap<string, NodePrediction> {
  const network = buildNetwork(
    {
      input: [2],
      nodes: nodes.map(({ name, from }) => ({ name, primitive: `rule-${name}`, spec: { in: 2, out: 2 }, inputs: from })),
      output: (nodes.at(-1) as Nodes[number]).name,
      likelihood: 'gaussian',
    },
    createRegistry().use(...nodes.map(({ name, rule }) => ruled(`rule-${name}`, rule))),
  )
  return new Map(predictRates(network).map(prediction => [prediction.node, prediction]))
}

const power = (rate: number, coefficient: number | null): object => ({ kind: 'power', rate, coefficient, gated: false })

describe('predictRates', () => {
  test('on a random graph of weights and sums is the shortest path, from the input and to the output', () => {
    const graph = fc.array(fc.record({ kind: fc.constantFrom('weight', 'sum'), from: fc.array(fc.nat(20), { minLength: 1, maxLength: 3 }) }), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(graph, shape => {
        const nodes: Nodes = shape.map(({ kind, from }, i) => ({
          name: `n${i}`,
          rule: kind === 'weight' ? weight(1) : composed({ kind: 'sum' }),
          from: (kind === 'weight' ? from.slice(0, 1) : from).map(k => (k % (i + 1) === 0 ? 'input' : `n${(k % (i + 1)) - 1}`)),
        }))
        const cost = (i: number): number => (shape[i]?.kind === 'weight' ? 1 : 0)
        // Bellman's relaxation over the edges until nothing changes.
        const down = new Map<string, number>([['input', 0]])
        const up = new Map<string, number>([[`n${nodes.length - 1}`, 0]])
        for (let round = 0; round <= nodes.length; round++) {
          nodes.forEach(({ name, from }, i) =>
            from.forEach(source => {
              down.set(name, Math.min(down.get(name) ?? Infinity, (down.get(source) ?? Infinity) + cost(i)))
              up.set(source, Math.min(up.get(source) ?? Infinity, (up.get(name) ?? Infinity) + cost(i)))
            }),
          )
        }
        for (const { node, forward, backward } of predicted(nodes).values()) {
          expect(forward.kind === 'power' && forward.rate).toBe(down.get(node))
          const distance = up.get(node) ?? Infinity
          expect(backward.kind === 'power' ? backward.rate : Infinity).toBe(distance)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('ties add coefficients, opposite ones cancel', () => {
    const diamond = (scales: readonly number[]): NodePrediction | undefined =>
      predicted([
        { name: 'start', rule: weight(1), from: ['input'] },
        { name: 'left', rule: weight(1, 2), from: ['start'] },
        { name: 'right', rule: weight(1, 3), from: ['start'] },
        { name: 'end', rule: composed({ kind: 'sum', scales }), from: ['left', 'right'] },
      ]).get('start')
    expect(diamond([1, 1])?.backward).toEqual(power(1, 5))
    expect(diamond([1, 10])?.backward).toEqual(power(1, 32))
    expect(diamond([3, -2])?.backward).toEqual({ kind: 'cancelled', above: 1 })
  })

  test('a quadratic map compounds as 3(2^n - 1)', () => {
    const swiglu = composed({ kind: 'quadratic' }, { rate: 3, coefficient: 0.5 }, { rate: 3, coefficient: 0.5 })
    const chain = predicted([1, 2, 3, 4].map(i => ({ name: `b${i}`, rule: swiglu, from: [i === 1 ? 'input' : `b${i - 1}`] })))
    ;[1, 2, 3, 4].forEach(n => {
      const forward = chain.get(`b${n}`)?.forward
      expect(forward?.kind === 'power' && forward.rate).toBe(3 * (2 ** n - 1))
    })
    // f ∘ f with f(x) = ½ t³ x²: the derivative at f(1) = ½ t³ is t³ · ½ t³.
    expect(chain.get('b3')?.backward).toEqual(power(3 + 21, 0.5 ** 7))
  })

  test('attention chains: min(4k, 4p + 8) with a tie at k = p + 2', () => {
    const attention = composed({ kind: 'routes', throughInput: { rate: 2, coefficient: null } }, { rate: 2, coefficient: 1 }, { rate: 2, coefficient: 1 })
    const blocks = 7
    const chain = predicted(Array.from({ length: blocks }, (_, i) => ({ name: `a${i}`, rule: attention, from: [i === 0 ? 'input' : `a${i - 1}`] })))
    for (let p = 0; p < blocks; p++) {
      const k = blocks - 1 - p
      const backward = chain.get(`a${p}`)?.backward
      expect(backward?.kind === 'power' && 2 * backward.rate).toBe(Math.min(4 * k, 4 * p + 8))
    }
  })

  test('a leak caps, a normalisation resets, disjoint gates block', () => {
    const chain = (rule: RateRule): ReadonlyMap<string, NodePrediction> =>
      predicted([
        { name: 'below', rule: weight(2), from: ['input'] },
        { name: 'middle', rule, from: ['below'] },
        { name: 'above', rule: weight(3), from: ['middle'] },
      ])
    const leak = chain(composed({ kind: 'capped', offset: { rate: 1, coefficient: 4 } }, one, { rate: 1, coefficient: 1 }))
    expect([leak.get('middle')?.forward, leak.get('above')?.forward, leak.get('below')?.backward]).toEqual([power(1, 4), power(4, 4), power(4, 1)])
    const reset = chain(composed({ kind: 'reset' }))
    expect([reset.get('middle')?.forward, reset.get('above')?.forward, reset.get('below')?.backward]).toEqual([power(0, null), power(3, null), power(0, null)])
    const blocked = chain(composed({ kind: 'blocked' }))
    expect([blocked.get('above')?.forward, blocked.get('below')?.backward]).toEqual([{ kind: 'blocked' }, { kind: 'blocked' }])
  })

  test('gates halve a moment once: the flag is set, not counted', () => {
    const gated = composed({ kind: 'gated' }, { rate: 1, coefficient: 1 }, { rate: 1, coefficient: 1 })
    const chain = predicted([1, 2].map(i => ({ name: `g${i}`, rule: gated, from: [i === 1 ? 'input' : `g${i - 1}`] })))
    expect(chain.get('g2')?.forward).toEqual({ kind: 'power', rate: 2, coefficient: 1, gated: true })
  })
})
