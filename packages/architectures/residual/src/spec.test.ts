import { checked } from '@dead-directions/registry'
import { expect, test } from 'vitest'
import { residualSpec } from './spec.ts'

test.each([
  [{ inputs: 1 }, 'spec.inputs: got 1'],
  [{ inputs: 2.5 }, 'spec.inputs: got 2.5'],
  [{ scales: [1, 1] }, 'spec.inputs: got nothing'],
  [{ inputs: 2, scales: [1] }, 'spec.scales: got [1], expected one factor for each of 2 inputs'],
  [{ inputs: 2, scales: [1, 0] }, 'spec.scales.1: got 0, expected a number other than 0'],
  [{ inputs: 2, width: 3 }, 'spec.width'],
])('refuses %j', (spec, message) => {
  expect(() => checked(residualSpec, spec, 'spec')).toThrow(message)
})

test('takes negative scales', () => {
  expect(checked(residualSpec, { inputs: 2, scales: [1, -0.5] }, 'spec')).toEqual({ inputs: 2, scales: [1, -0.5] })
})
