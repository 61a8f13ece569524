import { describe, expect, it, vi } from 'vitest'
import { naiveGemm } from '../test/naive-gemm.ts'
import { randomEntries } from '../test/random.ts'
import { createPlainKernel, createWasmKernel } from './gemm-kernel.ts'
import { multiplyPacked } from './gemm-packed.ts'
import type { BlockKernel } from './gemm-packed.ts'

function product(kernel: BlockKernel, m: number, n: number, k: number, a: Float64Array, b: Float64Array): Float64Array {
  const c = new Float64Array(m * n).fill(Number.NaN)
  const left = { data: a, offset: 0, lineStride: k, stepStride: 1 }
  const right = { data: b, offset: 0, lineStride: 1, stepStride: n }
  multiplyPacked(kernel, m, n, k, left, right, { data: c, offset: 0, rowStride: n, columnStride: 1 })
  return c
}

describe('block kernels', () => {
  it('give the bits of the triple loop, in WebAssembly and in TypeScript', () => {
    const wasm = createWasmKernel()
    const plain = createPlainKernel()
    expect(wasm).toBeDefined()
    for (const [m, n, k] of [[1, 1, 1], [4, 4, 8], [7, 9, 300], [150, 6, 5], [1043, 3, 2], [3, 1030, 2]] as const) {
      const a = randomEntries(m * k, m)
      const b = randomEntries(k * n, n)
      const expected = naiveGemm({ m, n, k, a, b, c: a })
      expect(product(wasm!, m, n, k, a, b)).toEqual(expected)
      expect(product(plain, m, n, k, a, b)).toEqual(expected)
    }
  })

  it('leave WebAssembly out where the host refuses it', () => {
    vi.stubGlobal('WebAssembly', undefined)
    expect(createWasmKernel()).toBeUndefined()
    vi.unstubAllGlobals()
  })
})
