import { checked } from '@dead-directions/registry'
import { expect, test } from 'vitest'
import { attentionSizes, attentionSpec } from './spec.ts'

test.each([
  [{ width: 0 }, 'spec.width: got 0'],
  [{ width: 4, heads: 3 }, 'spec.heads: got 3, expected a divisor of the width 4, or a headWidth'],
  [{ width: 4, heads: 4, keyValueHeads: 3 }, 'spec.keyValueHeads: got 3, expected a divisor of the number of heads 4'],
  [{ width: 3, rope: {} }, 'expected no rotary positions with the odd head width 3'],
  [{ width: 4, rope: true }, 'spec.rope: got true'],
  [{ width: 4, rope: { base: 1 } }, 'spec.rope.base: got 1'],
  [{ width: 4, scale: 0 }, 'spec.scale: got 0'],
  [{ width: 4, dropout: 0.1 }, 'spec.dropout'],
])('refuses %j', (spec, message) => {
  expect(() => checked(attentionSpec, spec, 'spec')).toThrow(message)
})

test.each([
  [{ width: 12, heads: 3 }, { heads: 3, keyValueHeads: 3, group: 1, headWidth: 4, scale: 1 / 2 }],
  [{ width: 5, heads: 4, keyValueHeads: 2, headWidth: 9, scale: 2 }, { keyValueHeads: 2, group: 2, headWidth: 9, scale: 2 }],
])('fills in the defaults of %j', (spec, sizes) => {
  expect(attentionSizes(checked(attentionSpec, spec, 'spec'))).toMatchObject(sizes)
})
