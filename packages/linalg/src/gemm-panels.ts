/** The packed product of `assembly/gemm.ts` in plain TypeScript: a 5 × 2 tile of C is summed in local variables. */
export function multiplyPanels(
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  aPanels: number,
  bPanels: number,
  depth: number,
  ldc: number,
  accumulate: boolean,
): void {
  for (let j = 0; j < 2 * bPanels; j++) {
    const bStart = 4 * depth * (j >> 1) + 2 * (j & 1)
    for (let i = 0; i < aPanels; i++) {
      let pa = 5 * depth * i
      let pb = bStart
      const end = pa + 5 * depth
      const c0 = 5 * i * ldc + 2 * j
      const c1 = c0 + ldc
      const c2 = c1 + ldc
      const c3 = c2 + ldc
      const c4 = c3 + ldc
      let s00 = 0
      let s01 = 0
      let s10 = 0
      let s11 = 0
      let s20 = 0
      let s21 = 0
      let s30 = 0
      let s31 = 0
      let s40 = 0
      let s41 = 0
      if (accumulate) {
        s00 = c[c0]!
        s01 = c[c0 + 1]!
        s10 = c[c1]!
        s11 = c[c1 + 1]!
        s20 = c[c2]!
        s21 = c[c2 + 1]!
        s30 = c[c3]!
        s31 = c[c3 + 1]!
        s40 = c[c4]!
        s41 = c[c4 + 1]!
      }
      for (; pa < end; pa += 5, pb += 4) {
        const b0 = b[pb]!
        const b1 = b[pb + 1]!
        const a0 = a[pa]!
        s00 += a0 * b0
        s01 += a0 * b1
        const a1 = a[pa + 1]!
        s10 += a1 * b0
        s11 += a1 * b1
        const a2 = a[pa + 2]!
        s20 += a2 * b0
        s21 += a2 * b1
        const a3 = a[pa + 3]!
        s30 += a3 * b0
        s31 += a3 * b1
        const a4 = a[pa + 4]!
        s40 += a4 * b0
        s41 += a4 * b1
      }
      c[c0] = s00
      c[c0 + 1] = s01
      c[c1] = s10
      c[c1 + 1] = s11
      c[c2] = s20
      c[c2 + 1] = s21
      c[c3] = s30
      c[c3 + 1] = s31
      c[c4] = s40
      c[c4 + 1] = s41
    }
  }
}
