import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ActivationName } from './activation.ts'
import { canonicalApproach } from './approach.ts'
import { rate } from './rate.ts'
import { mlpLayers } from './spec.ts'

/** The dead channel of the canonical approach as a scalar recursion, independent of matrices and of the rule. */
function deadOutput(depth: number, activation: (x: number) => number, bias: boolean, t: number): number {
  let x = 1
  for (let layer = 1; layer <= depth; layer++) {
    const z = t * x + (bias ? t : 0)
    x = layer === depth ? z : activation(z)
  }
  return x
}

const scalar: Readonly<Record<string, (x: number) => number>> = {
  identity: x => x,
  relu: x => Math.max(0, x),
  tanh: Math.tanh,
  softplus: x => Math.log1p(Math.exp(x)),
  sigmoid: x => 1 / (1 + Math.exp(-x)),
  silu: x => x / (1 + Math.exp(-x)),
}

test('the forward rule is the leading power of the dead output, with and without bias', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 5 }), fc.constantFrom(...Object.keys(scalar)), fc.boolean(), (depth, activation, bias) => {
      const widths = Array.from({ length: depth + 1 }, () => 2)
      const { forward } = rate({ widths, activation: activation as ActivationName, bias })
      const [t, smaller] = [1e-4, 1e-5]
      const at = (size: number): number => deadOutput(depth, scalar[activation] as (x: number) => number, bias, size)
      expect(Math.log(at(t) / at(smaller)) / Math.log(t / smaller)).toBeCloseTo(forward.rate, 3)
      expect(at(smaller) / smaller ** forward.rate / (forward.coefficient as number)).toBeCloseTo(1, 3)
    }),
  )
})

test.each([
  ['identity', false, { kind: 'additive' }],
  ['tanh', false, { kind: 'additive' }],
  ['relu', false, { kind: 'gated' }],
  ['tanh', true, { kind: 'capped', offset: { rate: 1, coefficient: 1 } }],
  ['softplus', false, { kind: 'capped', offset: { rate: 1, coefficient: Math.LN2 } }],
] as const)('%s with bias %s composes as %j', (activation, bias, composition) => {
  expect(rate({ widths: [2, 2, 2], activation, bias }).composition).toEqual(composition)
})

test('the canonical approach is diag(1, …, 1, t) in every layer, whatever the shape', () => {
  const spec = { widths: [4, 2, 3], activation: 'relu' as const, bias: true }
  const parameters = canonicalApproach(spec, 0.1)
  expect([...(parameters['fc1.weight']?.data ?? [])]).toEqual([1, 0, 0, 0, 0, 0.1, 0, 0])
  expect([...(parameters['fc2.weight']?.data ?? [])]).toEqual([1, 0, 0, 0.1, 0, 0])
  expect(mlpLayers(spec).map(({ name }) => [...(parameters[`${name}.bias`]?.data ?? [])])).toEqual([
    [0, 0.1],
    [0, 0.1, 0],
  ])
})
