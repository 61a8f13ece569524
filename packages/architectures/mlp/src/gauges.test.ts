import { type GaugeDeclaration, gaugesOf } from '@dead-directions/registry'
import { expect, test } from 'vitest'
import { mlp } from './mlp.ts'
import type { MlpSpec } from './spec.ts'

const gauges = (spec: MlpSpec): readonly GaugeDeclaration[] => gaugesOf(mlp, spec)

test.each([
  ['identity', ['general-linear']],
  ['relu', ['rescaling', 'permutation']],
  ['tanh', ['sign', 'permutation']],
  ['gelu', ['permutation']],
] as const)('%s leaves the loss unchanged under %j', (activation, kinds) => {
  const found = gauges({ widths: [2, 3, 1], activation, bias: true })
  expect(found.map(({ kind }) => kind)).toEqual(kinds)
  expect(found[0]).toMatchObject({ rows: ['fc1.weight', 'fc1.bias'], columns: ['fc2.weight'], units: 3 })
})

test('has one interface fewer than layers', () => {
  expect(gauges({ widths: [2, 3, 4, 1], activation: 'gelu' }).map(({ units }) => units)).toEqual([3, 4])
})
