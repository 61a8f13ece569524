import { checked } from '@dead-directions/registry'
import { expect, test } from 'vitest'
import { mlpLayers, mlpSpec } from './spec.ts'

test.each([
  [{ widths: [2], activation: 'tanh' }, 'spec.widths'],
  [{ widths: [2, 0], activation: 'tanh' }, 'spec.widths.1: got 0'],
  [{ widths: [2, 2], activation: 'step' }, 'spec.activation: got "step"'],
  [{ widths: [2, 2, 2], activation: ['tanh'] }, 'expected one entry for each of 2 layers'],
  [{ widths: [2, 2, 2], activation: 'tanh', bias: [true] }, 'expected one entry for each of 2 layers'],
  [{ widths: [2, 2], activation: 'tanh', depth: 3 }, 'spec.depth'],
])('refuses %j', (spec, message) => {
  expect(() => checked(mlpSpec, spec, 'spec')).toThrow(message)
})

test('one activation stands behind every layer but the last, a list behind each as it says', () => {
  expect(mlpLayers({ widths: [2, 3, 4, 1], activation: 'tanh' }).map(layer => layer.activation)).toEqual(['tanh', 'tanh', 'identity'])
  expect(mlpLayers({ widths: [2, 3, 1], activation: ['relu', 'tanh'], bias: [true, false] })).toMatchObject([
    { name: 'fc1', in: 2, out: 3, bias: true, activation: 'relu' },
    { name: 'fc2', in: 3, out: 1, bias: false, activation: 'tanh' },
  ])
})
