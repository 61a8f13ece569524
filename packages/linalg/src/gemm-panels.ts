/** The packed product of `assembly/gemm.ts` in plain TypeScript: a 4 × 4 tile of C is summed in local variables. */
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
  const panel = 4 * depth
  for (let j = 0; j < bPanels; j++) {
    for (let i = 0; i < aPanels; i++) {
      const r0 = 4 * (i * ldc + j)
      const r1 = r0 + ldc
      const r2 = r1 + ldc
      const r3 = r2 + ldc
      let s00 = accumulate ? c[r0]! : 0
      let s01 = accumulate ? c[r0 + 1]! : 0
      let s02 = accumulate ? c[r0 + 2]! : 0
      let s03 = accumulate ? c[r0 + 3]! : 0
      let s10 = accumulate ? c[r1]! : 0
      let s11 = accumulate ? c[r1 + 1]! : 0
      let s12 = accumulate ? c[r1 + 2]! : 0
      let s13 = accumulate ? c[r1 + 3]! : 0
      let s20 = accumulate ? c[r2]! : 0
      let s21 = accumulate ? c[r2 + 1]! : 0
      let s22 = accumulate ? c[r2 + 2]! : 0
      let s23 = accumulate ? c[r2 + 3]! : 0
      let s30 = accumulate ? c[r3]! : 0
      let s31 = accumulate ? c[r3 + 1]! : 0
      let s32 = accumulate ? c[r3 + 2]! : 0
      let s33 = accumulate ? c[r3 + 3]! : 0
      for (let pa = i * panel, pb = j * panel, end = pa + panel; pa < end; pa += 4, pb += 4) {
        const b0 = b[pb]!
        const b1 = b[pb + 1]!
        const b2 = b[pb + 2]!
        const b3 = b[pb + 3]!
        let x = a[pa]!
        s00 += x * b0
        s01 += x * b1
        s02 += x * b2
        s03 += x * b3
        x = a[pa + 1]!
        s10 += x * b0
        s11 += x * b1
        s12 += x * b2
        s13 += x * b3
        x = a[pa + 2]!
        s20 += x * b0
        s21 += x * b1
        s22 += x * b2
        s23 += x * b3
        x = a[pa + 3]!
        s30 += x * b0
        s31 += x * b1
        s32 += x * b2
        s33 += x * b3
      }
      c[r0] = s00
      c[r0 + 1] = s01
      c[r0 + 2] = s02
      c[r0 + 3] = s03
      c[r1] = s10
      c[r1 + 1] = s11
      c[r1 + 2] = s12
      c[r1 + 3] = s13
      c[r2] = s20
      c[r2 + 1] = s21
      c[r2 + 2] = s22
      c[r2 + 3] = s23
      c[r3] = s30
      c[r3 + 1] = s31
      c[r3 + 2] = s32
      c[r3 + 3] = s33
    }
  }
}
