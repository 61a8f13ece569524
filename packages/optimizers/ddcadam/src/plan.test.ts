import type { GaugeData, Slot } from '@dead-directions/quotient'
import { expect, test } from 'vitest'
import { checkShapes } from './check-shapes.ts'
import { planOf } from './plan.ts'

const slot = (parameter: string, axis: 0 | 1, side: Slot['side'], offset = 0): Slot => ({ parameter, axis, side, offset })
const between = (first: string, second: string): GaugeData => ({ kind: 'rescaling', label: `${first}-${second}`, units: 2, slots: [slot(first, 0, 'forward'), slot(second, 1, 'dual')] })

test.each([2, 3, 6])('the blocks of %i maps in a row have their mean across the orbit and all else along it', length => {
  const chain = Array.from({ length: length - 1 }, (_, i) => between(`w${i}`, `w${i + 1}`))
  // Out of order, since order must not matter.
  const [radial] = planOf([...chain].reverse(), 'block').groups[0]?.radials ?? []
  expect(radial?.blocks).toHaveLength(length)
  expect(radial?.across).toHaveLength(1)
  for (const weight of radial?.across[0] ?? []) expect(Math.abs(weight)).toBeCloseTo(1 / Math.sqrt(length), 12)
  expect(radial?.along).toHaveLength(length - 1)
  for (const row of radial?.along ?? []) expect(row.reduce((sum, x) => sum + x, 0)).toBeCloseTo(0, 12)
})

test('two maps that one undoes leave what trades between them free', () => {
  const gauge: GaugeData = { kind: 'rescaling', label: 'scales', units: 2, slots: [slot('gamma', 0, 'forward'), slot('gate', 1, 'dual'), slot('up', 1, 'dual')] }
  const [radial] = planOf([gauge, between('up', 'down')], 'block').groups[0]?.radials ?? []
  expect([radial?.across.length, radial?.along.length]).toEqual([2, 2])
})

test('gauges that cannot be composed are refused by name', () => {
  expect(() => planOf([between('a', 'b'), between('a', 'c')], 'unit')).toThrow('gauges: "a-c" overlaps "a-b" in a')
  expect(() => planOf([between('a', 'b'), between('b', 'a')], 'unit')).toThrow('is in a cycle of rescalings')
  expect(() => planOf([{ ...between('a', 'b'), slots: [slot('a', 0, 'forward', 1), slot('b', 1, 'dual')] }], 'unit')).toThrow('"a-b" rescales a part of an axis')
  const rotation: GaugeData = { ...between('a', 'c'), kind: 'rotation', label: 'turn' }
  expect(() => planOf([between('a', 'b'), rotation], 'unit')).toThrow('"a-b" rescales the units of a that a rotation turns')
  expect(planOf([between('a', 'b'), rotation], 'block').mixed.get('a')).toEqual([{ axis: 0, tile: 2, count: 1 }])
})

test('variables that do not fit a gauge are refused by name and shape', () => {
  const shapes: Record<string, number[]> = { a: [2, 3], b: [4, 3] }
  const check = (gauge: GaugeData): void => checkShapes(planOf([gauge], 'unit'), 'unit', name => shapes[name])
  expect(() => check(between('a', 'b'))).toThrow('gauges: "b" has shape [4, 3], expected 2 along axis 1 as "a-b" says')
  expect(() => check(between('a', 'c'))).toThrow('gauges: "c" gets no gradient')
  expect(() => check({ ...between('a', 'b'), kind: 'rotation' })).toThrow('gauges: "b" has shape [4, 3], expected 1 times 2 along axis 1')
})
