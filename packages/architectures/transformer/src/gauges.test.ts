import { expect, test } from 'vitest'
import { gauges, writers } from './gauges.ts'

const spec = { width: 4, hidden: 6, norm: 'layernorm', placement: 'pre', feedforward: 'mlp' } as const

test('the parts keep their gauges under the names of the block', () => {
  expect(gauges({ ...spec, placement: 'post', heads: 2, rope: {} })).toMatchObject([
    { kind: 'general-linear', rows: [{ parameter: 'attention.v.weight', offset: 0 }], columns: [{ parameter: 'attention.o.weight', offset: 0 }], units: 2 },
    { kind: 'phase', rows: [{ parameter: 'attention.q.weight' }], dualRows: [{ parameter: 'attention.k.weight' }], columns: [] },
    { kind: 'general-linear', rows: [{ offset: 2 }] },
    { kind: 'phase', rows: [{ offset: 2 }] },
    { kind: 'permutation', rows: [{ parameter: 'attention.q.weight', tile: 2 }, { tile: 2 }, { tile: 2 }], units: 2 },
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

test('only behind each sum do the scales of the last normalisation make the output', () => {
  expect(writers({ ...spec, placement: 'post' })).toEqual({ rows: ['norm2.gamma'], kinds: ['rescaling'] })
  for (const placement of ['pre', 'peri'] as const) expect(writers({ ...spec, placement }).rows).toEqual([])
})

test('with biases the shifts of a layer normalisation move along with its scales, and the key bias is free', () => {
  const found = gauges({ ...spec, bias: true })
  expect(found.filter(({ kind }) => kind === 'rescaling').map(({ rows }) => rows)).toEqual([['norm1.gamma', 'norm1.beta'], ['norm2.gamma', 'norm2.beta']])
  expect(found.filter(({ kind }) => kind === 'translation')).toMatchObject([{ rows: ['attention.k.bias'], units: 4 }])
  expect(found.find(({ kind }) => kind === 'permutation')?.rows).toEqual(['feedforward.fc1.weight', 'feedforward.fc1.bias'])
})
