import { expect, test } from 'vitest'
import { canonicalApproach, deadChannel } from './approach.ts'
import { attention } from './attention.ts'

const t = 0.1
const rows = (spec: Parameters<typeof canonicalApproach>[0], name: string): number[][] => {
  const { shape, data } = canonicalApproach(spec, t)[name]!
  return Array.from({ length: shape[0]! }, (_, i) => [...data.subarray(i * shape[1]!, (i + 1) * shape[1]!)])
}

test('without sharing or rotary positions every weight is diag(1, …, 1, t), whatever the heads', () => {
  for (const heads of [1, 2, 4]) {
    for (const name of ['q.weight', 'k.weight', 'v.weight', 'o.weight']) {
      expect(rows({ width: 4, heads }, name)).toEqual([
        [1, 0, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, t],
      ])
    }
  }
})

test('a shared key and value is dead for one query head only', () => {
  const spec = { width: 4, heads: 2, keyValueHeads: 1 }
  expect(rows(spec, 'k.weight')).toEqual([
    [0, 0, 1, 0],
    [0, 0, 0, t],
  ])
  expect(rows(spec, 'v.weight')).toEqual(rows(spec, 'k.weight'))
  expect(rows(spec, 'q.weight')).toEqual([
    [1, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, t],
  ])
  expect(rows(spec, 'o.weight')).toEqual(rows(spec, 'q.weight'))
})

test('rotary positions turn the dead query and key into a slot that is closed', () => {
  const spec = { width: 4, rope: {} }
  expect(rows(spec, 'q.weight')[2]).toEqual([0, 0, 0, 0])
  expect(rows(spec, 'k.weight')[2]).toEqual([0, 0, 0, 0])
  expect(rows(spec, 'v.weight')[2]).toEqual([0, 0, 1, 0])
  expect(rows(spec, 'o.weight')[2]).toEqual([0, 0, 1, 0])
})

test.each([{ width: 3, headWidth: 2 }, { width: 2, heads: 2, headWidth: 3 }])('the last slot is the last channel: %j', spec => {
  const q = rows(spec, 'q.weight')
  const o = rows(spec, 'o.weight')
  expect(q.at(-1)?.at(-1)).toBe(t)
  expect(o).toEqual(o.map((_, channel) => q.map(row => row[channel])))
  expect(deadChannel(spec)).toBe(spec.width - 1)
})

test('biases are 0', () => {
  const values = canonicalApproach({ width: 4, heads: 2, keyValueHeads: 1, bias: true }, t)
  const expected = attention.parameters({ width: 4, heads: 2, keyValueHeads: 1, bias: true })
  expect(Object.entries(values).map(([name, { shape }]) => [name, shape]).sort()).toEqual(Object.entries(expected).map(([name, { shape }]) => [name, shape]).sort())
  for (const name of ['q.bias', 'k.bias', 'v.bias', 'o.bias']) expect(values[name]?.data.every(value => value === 0)).toBe(true)
})
