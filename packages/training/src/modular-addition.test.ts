import { nodeBackend } from '@dead-directions/backend-node'
import { buildNetwork } from '@dead-directions/network'
import { expect, test } from 'vitest'
import { primitives } from '../test/primitives.ts'
import { modularAddition } from './modular-addition.ts'
import type { LabelledSample } from './task.ts'

const rows = ({ inputs, targets }: LabelledSample): readonly (readonly number[])[] =>
  Array.from(targets.data, (target, i) => [...inputs.data.subarray(3 * i, 3 * i + 3), target])

test('every pair is in one of the samples, once, with its sum', () => {
  const { training, validation } = modularAddition({ modulus: 11, trainFraction: 0.3 })
  const all = [...rows(training), ...rows(validation)]
  expect(training.targets.shape).toEqual([36])
  expect(all).toHaveLength(121)
  expect(new Set(all.map(([a, b]) => `${a} ${b}`)).size).toBe(121)
  for (const [a, b, equals, sum] of all as [number, number, number, number][]) {
    expect(equals).toBe(11)
    expect(Number.isInteger((a + b - sum) / 11) && sum >= 0 && sum < 11).toBe(true)
  }
})

test('another seed trains on other pairs', () => {
  expect(rows(modularAddition({ modulus: 5, seed: 1 }).training)).not.toEqual(rows(modularAddition({ modulus: 5, seed: 2 }).training))
})

test('both samples have a pair, whatever the fraction', () => {
  for (const trainFraction of [0.001, 0.999]) {
    const { training, validation } = modularAddition({ modulus: 2, trainFraction })
    expect(Math.min(training.targets.data.length, validation.targets.data.length)).toBe(1)
  }
})

test('the network gives a logit for every class', async () => {
  await nodeBackend.install()
  expect(buildNetwork(modularAddition({ modulus: 13, width: 8, layers: 2 }).network, primitives).outputShape).toEqual([13])
})

test.each([
  [{ modulus: 1 }, 'modular-addition.modulus: got 1, expected at least 2'],
  [{ trainFraction: 1 }, 'modular-addition.trainFraction: got 1, expected less than 1'],
  [{ layers: 0 }, 'modular-addition.layers: got 0, expected '],
])('%o is refused', (options, message) => {
  expect(() => modularAddition(options)).toThrow(message)
})
