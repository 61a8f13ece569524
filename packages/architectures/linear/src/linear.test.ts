import { checked } from '@dead-directions/registry'
import { expect, test } from 'vitest'
import { linear, linearSpec } from './linear.ts'

test.each([
  [{ in: 0, out: 1 }, 'spec.in: got 0'],
  [{ in: 2 }, 'spec.out: got nothing'],
  [{ in: 2, out: 2, bias: 'yes' }, 'spec.bias: got "yes"'],
])('refuses %j', (spec, message) => {
  expect(() => checked(linearSpec, spec, 'spec')).toThrow(message)
})

test('keeps positions and changes features', () => {
  expect(linear.outputShape({ in: 3, out: 5 }, [[7, 3]])).toEqual([7, 5])
  expect(() => linear.outputShape({ in: 3, out: 5 }, [[4]])).toThrow('expected one input with 3 features')
})

test('its canonical approach is diag(1, …, 1, t) with the dead bias t', () => {
  const { weight, bias } = linear.canonicalApproach({ in: 3, out: 2, bias: true }, 0.1)
  expect([...(weight?.data ?? [])]).toEqual([1, 0, 0, 0, 0.1, 0])
  expect([...(bias?.data ?? [])]).toEqual([0, 0.1])
  expect(linear.deadChannel({ in: 3, out: 2 })).toBe(1)
})

test('passes the dead channel at rate one, and a dead bias caps longer chains there', () => {
  expect(linear.rate({ in: 2, out: 2 })).toMatchObject({ forward: { rate: 1, coefficient: 1 }, composition: { kind: 'additive' } })
  expect(linear.rate({ in: 2, out: 2, bias: true }).composition).toEqual({ kind: 'capped', offset: { rate: 1, coefficient: 1 } })
})
