import { expect, it } from 'vitest'
import { multiplyPanels } from './gemm-panels.ts'

it('multiplies one 5 × 1 panel by one 1 × 4 panel and adds to what stands in C', () => {
  const a = Float64Array.of(1, 2, 3, 4, 5)
  const b = Float64Array.of(10, 20, 30, 40)
  const c = new Float64Array(25).fill(1)
  multiplyPanels(a, b, c, 1, 1, 1, 5, true)
  expect([...c]).toEqual([11, 21, 31, 41, 1, 21, 41, 61, 81, 1, 31, 61, 91, 121, 1, 41, 81, 121, 161, 1, 51, 101, 151, 201, 1])
})
