import { expect, it } from 'vitest'
import { multiplyPlain } from './gemm-plain.ts'

it('reads and writes by strides: 2 × 5 from transposed factors into a transposed place', () => {
  const a = { data: Float64Array.of(1, 3, 2, 4), offset: 0, lineStride: 1, stepStride: 2 }
  const b = { data: Float64Array.of(9, 1, 0, 1, 1, 2, 0, 3, 1, 5, 5), offset: 1, lineStride: 2, stepStride: 1 }
  const c = { data: new Float64Array(11), offset: 1, rowStride: 1, columnStride: 2 }
  multiplyPlain(2, 5, 2, a, b, c)
  expect([...c.data]).toEqual([0, 1, 3, 3, 7, 2, 6, 5, 13, 15, 35])
})
