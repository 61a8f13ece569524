import { expect, test } from 'vitest'
import { gauges } from './gauges.ts'

const spec = { width: 4, hidden: 6, norm: 'layernorm', placement: 'pre', feedforward: 'mlp' } as const

test('the parts keep their gauges under the names of the block', () => {
  expect(gauges({ ...spec, placement: 'post', heads: 2, rope: {} })).toMatchObject([
    { kind: 'general-linear', rows: ['attention.v.weight'], columns: ['attention.o.weight'], units: 2, offset: 0 },
    { kind: 'phase', rows: ['attention.q.weight'], dualRows: ['attention.k.weight'], columns: [] },
    { kind: 'general-linear', offset: 2 },
    { kind: 'phase', offset: 2 },
    { kind: 'permutation', rows: ['feedforward.fc1.weight'], columns: ['feedforward.fc2.weight'], units: 6 },
  ])
})

test.each(['pre', 'peri'] as const)('%s-norm: the scale of a channel trades with the columns that read it', placement => {
  const scales = gauges({ ...spec, placement, feedforward: 'swiglu' }).slice(-2)
  expect(scales).toEqual([
    { kind: 'rescaling', rows: ['norm1.gamma'], columns: ['attention.q.weight', 'attention.k.weight', 'attention.v.weight'], units: 4 },
    { kind: 'rescaling', rows: ['norm2.gamma'], columns: ['feedforward.gate.weight', 'feedforward.up.weight'], units: 4 },
  ])
})
