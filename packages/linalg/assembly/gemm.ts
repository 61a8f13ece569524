/**
 * C (row-major, `ldc` entries a row) = or += A·B from packed panels: A in panels of 4 rows, B in panels of 4 columns,
 * each holding its 4 entries side by side for every step of the sum. Four-by-four tiles stay in registers.
 */
export function multiply(
  a: usize,
  b: usize,
  c: usize,
  aPanels: u32,
  bPanels: u32,
  depth: u32,
  ldc: u32,
  accumulate: bool,
): void {
  const panel: usize = (<usize>depth) << 5
  const row: usize = (<usize>ldc) << 3
  for (let j: u32 = 0; j < bPanels; j++) {
    const bStart: usize = b + <usize>j * panel
    for (let i: u32 = 0; i < aPanels; i++) {
      let pa: usize = a + <usize>i * panel
      let pb: usize = bStart
      const end: usize = pa + panel
      const c0: usize = c + <usize>i * 4 * row + ((<usize>j) << 5)
      const c1: usize = c0 + row
      const c2: usize = c1 + row
      const c3: usize = c2 + row
      let s00: v128 = f64x2.splat(0)
      let s01: v128 = f64x2.splat(0)
      let s10: v128 = f64x2.splat(0)
      let s11: v128 = f64x2.splat(0)
      let s20: v128 = f64x2.splat(0)
      let s21: v128 = f64x2.splat(0)
      let s30: v128 = f64x2.splat(0)
      let s31: v128 = f64x2.splat(0)
      if (accumulate) {
        s00 = v128.load(c0)
        s01 = v128.load(c0, 16)
        s10 = v128.load(c1)
        s11 = v128.load(c1, 16)
        s20 = v128.load(c2)
        s21 = v128.load(c2, 16)
        s30 = v128.load(c3)
        s31 = v128.load(c3, 16)
      }
      while (pa < end) {
        const b0: v128 = v128.load(pb)
        const b1: v128 = v128.load(pb, 16)
        let x: v128 = v128.load64_splat(pa)
        s00 = f64x2.add(s00, f64x2.mul(x, b0))
        s01 = f64x2.add(s01, f64x2.mul(x, b1))
        x = v128.load64_splat(pa, 8)
        s10 = f64x2.add(s10, f64x2.mul(x, b0))
        s11 = f64x2.add(s11, f64x2.mul(x, b1))
        x = v128.load64_splat(pa, 16)
        s20 = f64x2.add(s20, f64x2.mul(x, b0))
        s21 = f64x2.add(s21, f64x2.mul(x, b1))
        x = v128.load64_splat(pa, 24)
        s30 = f64x2.add(s30, f64x2.mul(x, b0))
        s31 = f64x2.add(s31, f64x2.mul(x, b1))
        pa += 32
        pb += 32
      }
      v128.store(c0, s00)
      v128.store(c0, s01, 16)
      v128.store(c1, s10)
      v128.store(c1, s11, 16)
      v128.store(c2, s20)
      v128.store(c2, s21, 16)
      v128.store(c3, s30)
      v128.store(c3, s31, 16)
    }
  }
}
