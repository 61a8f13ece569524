import { expect, it } from 'vitest'
import { randomEntries } from '../test/random.ts'
import { createPlainKernel } from './gemm-kernel.ts'
import { multiplyPacked } from './gemm-packed.ts'

it('gives (A·B)ᵀ = Bᵀ·Aᵀ: strides exchange the factors and the target\'s axes, across block edges', () => {
  const [m, n, k] = [1043, 6, 261]
  const a = { data: randomEntries(m * k, 1), offset: 0, lineStride: k, stepStride: 1 }
  const b = { data: randomEntries(n * k, 2), offset: 0, lineStride: 1, stepStride: n }
  const kernel = createPlainKernel()
  const product = new Float64Array(m * n)
  const exchanged = new Float64Array(m * n)
  multiplyPacked(kernel, m, n, k, a, b, { data: product, offset: 0, rowStride: n, columnStride: 1 })
  multiplyPacked(kernel, n, m, k, b, a, { data: exchanged, offset: 0, rowStride: 1, columnStride: n })
  expect(exchanged).toEqual(product)
  const last = Float64Array.from({ length: k }, (_, p) => a.data[(m - 1) * k + p]! * b.data[p * n + n - 1]!)
  expect(product.at(-1)).toBe(last.reduce((sum, value) => sum + value, 0))
})
