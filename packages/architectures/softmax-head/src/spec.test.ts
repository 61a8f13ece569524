import { checked } from '@dead-directions/registry'
import { expect, test } from 'vitest'
import { softmaxHeadSpec } from './spec.ts'

test.each([
  [{ in: 0, classes: 2 }, 'spec.in: got 0'],
  [{ in: 2, classes: 1 }, 'spec.classes: got 1'],
  [{ in: 2 }, 'spec.classes: got nothing'],
  [{ in: 2, classes: 2, bias: 1 }, 'spec.bias: got 1'],
  [{ in: 2, classes: 2, positions: 'first' }, 'spec.positions: got "first"'],
  [{ in: 2, classes: 2, temperature: 1 }, 'spec.temperature'],
])('refuses %j', (spec, message) => {
  expect(() => checked(softmaxHeadSpec, spec, 'spec')).toThrow(message)
})
