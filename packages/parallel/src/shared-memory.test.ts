import { expect, test } from 'vitest'
import { shared } from './shared-memory.ts'

test('arrays move to shared memory with their values, and everything else stays', () => {
  const task = { name: 'a', list: [{ data: Float64Array.of(1, 2) }], count: 3, none: null, whole: Int32Array.of(4) }
  const moved = shared(task)
  expect(moved).toEqual(task)
  expect(moved.list[0]?.data.buffer).toBeInstanceOf(SharedArrayBuffer)
})

test('views of one buffer stay views of one buffer', () => {
  const whole = Float64Array.of(1, 2, 3)
  const { a, b } = shared({ a: whole.subarray(0, 2), b: whole.subarray(1) })
  a[1] = 7
  expect([...b]).toEqual([7, 3])
  expect(whole[1]).toBe(2)
})

test('shared memory is not copied again', () => {
  const data = new Float64Array(new SharedArrayBuffer(16))
  expect(shared({ data }).data.buffer).toBe(data.buffer)
})
