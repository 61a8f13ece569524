import { expect, test } from 'vitest'
import { converted, empty, reshaped, sizeOf, stridesOf, zeros } from './dense.ts'

test('every numeric dtype has its array type, and no other dtype has one', () => {
  expect(zeros('float32', 2)).toEqual(new Float64Array(2))
  expect(zeros('int32', 2)).toEqual(new Int32Array(2))
  expect(zeros('bool', 2)).toEqual(new Uint8Array(2))
  expect(() => zeros('string', 2)).toThrow(/string/)
})

test('a conversion truncates to int32, asks for non-zero as bool and keeps the array when nothing changes', () => {
  const x = { dtype: 'float32', shape: [4], values: Float64Array.of(-2.7, 0, 0.3, 2.7) } as const
  const given = { ...x, shape: [4] }
  expect([...converted(given, 'int32').values]).toEqual([-2, 0, 0, 2])
  expect([...converted(given, 'bool').values]).toEqual([1, 0, 1, 1])
  expect(converted(given, 'float32')).toBe(given)
})

test('strides are the sizes of the axes that follow', () => {
  expect(stridesOf([2, 3, 4])).toEqual([12, 4, 1])
  expect([sizeOf([2, 3, 4]), sizeOf([]), sizeOf([3, 0])]).toEqual([24, 1, 0])
})

test('a reshaped array shows the same values', () => {
  const x = empty('float32', [2, 3])
  expect(reshaped(x, [6]).values).toBe(x.values)
})
