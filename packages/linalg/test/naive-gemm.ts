import type { GemmOptions } from '../src/gemm.ts'

/** The triple loop: entry (i, j) is the sum over p of op(A)(i, p)·op(B)(p, j), p rising from 0. */
export function naiveGemm(options: GemmOptions): Float64Array {
  const { m, n, k, a, b, transposeA = false, transposeB = false, aOffset = 0, bOffset = 0 } = options
  const c = new Float64Array(m * n)
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++)
      for (let p = 0; p < k; p++)
        c[i * n + j]! +=
          a[aOffset + (transposeA ? p * m + i : i * k + p)]! * b[bOffset + (transposeB ? j * k + p : p * n + j)]!
  return c
}
