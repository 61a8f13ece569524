import { gemm } from '@dead-directions/linalg'
import { createPlainKernel, multiplyPacked } from '@dead-directions/linalg/kernels'
import type { Comparison } from './benchmark.ts'
import { loadOpenBlas } from './openblas.ts'
import { randomEntries } from './random.ts'

const n = 512

/** A 512 × 512 float64 product: the shipped kernel, its fallback without WebAssembly, the triple loop and OpenBLAS. */
export const gemmBenchmark: Comparison = {
  name: `gemm ${n}×${n}×${n}`,
  reference: 'triple loop',
  rounds: 9,
  prepare: async () => {
    const a = randomEntries(n * n, 1)
    const b = randomEntries(n * n, 2)
    const expected = new Float64Array(n * n)
    tripleLoop(a, b, expected)
    const kernel = createPlainKernel()
    const left = { data: a, offset: 0, lineStride: n, stepStride: 1 }
    const right = { data: b, offset: 0, lineStride: 1, stepStride: n }
    const openBlas = await loadOpenBlas()
    const products: Record<string, ((c: Float64Array) => void) | undefined> = {
      'triple loop': c => tripleLoop(a, b, c),
      'packed TypeScript': c =>
        multiplyPacked(kernel, n, n, n, left, right, { data: c, offset: 0, rowStride: n, columnStride: 1 }),
      'gemm (WebAssembly SIMD)': c => gemm({ m: n, n, k: n, a, b, c }),
      'OpenBLAS, one thread': openBlas && (c => openBlas.product(1, { m: n, n, k: n, a, b, c })()),
    }
    const candidates = Object.entries(products).map(
      ([name, product]) => [name, product ? checked(name, product, expected) : 'not installed'] as const,
    )
    return Object.fromEntries(candidates)
  },
}

/** The candidate, once its product is seen to agree to the n roundings an entry has. */
function checked(name: string, product: (c: Float64Array) => void, expected: Float64Array): () => void {
  const c = new Float64Array(n * n)
  product(c)
  const error = c.reduce((max, value, i) => Math.max(max, Math.abs(value - expected[i]!)), 0)
  if (!(error <= n * n * Number.EPSILON)) throw new Error(`gemm: ${name} is off by ${error}`)
  return () => product(c)
}

function tripleLoop(a: Float64Array, b: Float64Array, c: Float64Array): void {
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0
      for (let p = 0; p < n; p++) sum += a[i * n + p]! * b[p * n + j]!
      c[i * n + j] = sum
    }
}
