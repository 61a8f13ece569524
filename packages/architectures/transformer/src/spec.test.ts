import { checked } from '@dead-directions/registry'
import { expect, test } from 'vitest'
import { transformerBlockSpec } from './spec.ts'

const spec = { width: 4, hidden: 6, norm: 'rmsnorm', placement: 'pre', feedforward: 'mlp' } as const

test.each([
  [{ ...spec, norm: 'batchnorm' }, 'spec.norm: got "batchnorm"'],
  [{ ...spec, placement: 'sandwich' }, 'spec.placement: got "sandwich"'],
  [{ ...spec, hidden: 0 }, 'spec.hidden: got 0'],
  [{ ...spec, bias: 1 }, 'spec.bias: got 1'],
  [{ ...spec, epsilon: -1 }, 'spec.epsilon: got -1'],
  [{ ...spec, activation: 'sigmoid' }, 'spec.activation: got "sigmoid"'],
  [{ ...spec, feedforward: 'swiglu', activation: 'tanh' }, 'spec.activation: got "tanh", expected "gelu", "relu" or "silu"'],
  [{ ...spec, heads: 3 }, 'spec.heads: got 3, expected a divisor of the width 4'],
  [{ ...spec, heads: 4, rope: {} }, 'spec.rope: got {}, expected no rotary positions with the odd head width 1'],
  [{ ...spec, norm: 'layernorm', width: 2 }, 'spec.width: got 2, expected at least 3'],
])('refuses %j', (wrong, message) => {
  expect(() => checked(transformerBlockSpec, wrong, 'spec')).toThrow(message)
})

test('takes what its parts take', () => {
  const full = { ...spec, heads: 2, activation: 'relu', causal: true, rope: { base: 500 }, bias: true, epsilon: 1e-5 }
  expect(checked(transformerBlockSpec, full, 'spec')).toEqual(full)
})
