import { expect, it } from 'vitest'
import { fromRows, matrix } from './matrix.ts'
import { scaleOf } from './prescale.ts'

it('brings the largest entry between 2^489 and 2^492 by a power of two', () => {
  for (const size of [1, 1e-150, 1e300, Number.MAX_VALUE, 7e-160]) {
    const scale = scaleOf(fromRows([[size, -size / 3]]), 'test')
    expect(Number.isInteger(Math.log2(scale))).toBe(true)
    expect(Math.abs(Math.log2(size * scale) - 490.5)).toBeLessThan(1.5)
  }
  expect(scaleOf(matrix(2, 2), 'test')).toBe(1)
  expect(scaleOf(fromRows([[5e-324]]), 'test')).toBe(2 ** 1023)
})

it('refuses what is not finite, naming its place', () => {
  expect(() => scaleOf(fromRows([[1, 2], [Number.NaN, 4]]), 'svd')).toThrow(
    new RangeError('svd: entry (1, 0) is NaN, expected a finite number'),
  )
  expect(() => scaleOf(fromRows([[1, -Infinity]]), 'svd')).toThrow('entry (0, 1) is -Infinity')
})
