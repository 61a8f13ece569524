import { checked } from '@dead-directions/registry'
import { expect, test } from 'vitest'
import { swigluSpec } from './spec.ts'

test.each([
  [{ width: 0, hidden: 2 }, 'spec.width: got 0'],
  [{ width: 2 }, 'spec.hidden: got nothing'],
  [{ width: 2, hidden: 2, activation: 'tanh' }, 'spec.activation: got "tanh"'],
  [{ width: 2, hidden: 2, bias: true }, 'spec.bias'],
])('refuses %j', (spec, message) => {
  expect(() => checked(swigluSpec, spec, 'spec')).toThrow(message)
})
