/**
 * C (row-major, `ldc` entries a row) = or += A·B from packed panels: A in panels of 5 rows, B in panels of 4 columns,
 * each holding its entries side by side for every step of the sum. Five-by-four tiles are the largest that stay in registers.
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
  const aPanel: usize = <usize>depth * 40
  const bPanel: usize = (<usize>depth) << 5
  const row: usize = (<usize>ldc) << 3
  for (let j: u32 = 0; j < bPanels; j++) {
    const bStart: usize = b + <usize>j * bPanel
    for (let i: u32 = 0; i < aPanels; i++) {
      let pa: usize = a + <usize>i * aPanel
      let pb: usize = bStart
      const end: usize = pa + aPanel
      const c0: usize = c + <usize>i * 5 * row + ((<usize>j) << 5)
      const c1: usize = c0 + row
      const c2: usize = c1 + row
      const c3: usize = c2 + row
      const c4: usize = c3 + row
      let s00: v128 = f64x2.splat(0)
      let s01: v128 = f64x2.splat(0)
      let s10: v128 = f64x2.splat(0)
      let s11: v128 = f64x2.splat(0)
      let s20: v128 = f64x2.splat(0)
      let s21: v128 = f64x2.splat(0)
      let s30: v128 = f64x2.splat(0)
      let s31: v128 = f64x2.splat(0)
      let s40: v128 = f64x2.splat(0)
      let s41: v128 = f64x2.splat(0)
      if (accumulate) {
        s00 = v128.load(c0)
        s01 = v128.load(c0, 16)
        s10 = v128.load(c1)
        s11 = v128.load(c1, 16)
        s20 = v128.load(c2)
        s21 = v128.load(c2, 16)
        s30 = v128.load(c3)
        s31 = v128.load(c3, 16)
        s40 = v128.load(c4)
        s41 = v128.load(c4, 16)
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
        x = v128.load64_splat(pa, 32)
        s40 = f64x2.add(s40, f64x2.mul(x, b0))
        s41 = f64x2.add(s41, f64x2.mul(x, b1))
        pa += 40
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
      v128.store(c4, s40)
      v128.store(c4, s41, 16)
    }
  }
}

/**
 * Panels of `width` (4 or 5) lines of a matrix whose strides are bytes, the entries of a step side by side; the lines that
 * the last panel lacks are zero. Where lines are side by side, all panels take a few steps at a time, which stay in the cache.
 */
export function pack(from: usize, to: usize, width: u32, lines: u32, depth: u32, lineStride: usize, stepStride: usize): void {
  const some: u32 = lineStride < stepStride ? 8 : depth
  const step: usize = (<usize>width) << 3
  const panel: usize = step * depth
  const whole: u32 = lines - (lines % width)
  for (let p: u32 = 0; p < depth; p += some) {
    const steps: u32 = min(some, depth - p)
    let source: usize = from
    let target: usize = to
    for (let l: u32 = 0; l < whole; l += width) {
      packPanel(source, target, width, steps, lineStride, stepStride)
      source += width * lineStride
      target += panel
    }
    if (whole < lines) packLast(source, target, width, lines - whole, steps, lineStride, stepStride)
    from += some * stepStride
    to += some * step
  }
}

function packPanel(from: usize, to: usize, width: u32, depth: u32, lineStride: usize, stepStride: usize): void {
  for (let p: u32 = 0; p < depth; p++) {
    const p1: usize = from + lineStride
    const p2: usize = p1 + lineStride
    const p3: usize = p2 + lineStride
    store<f64>(to, load<f64>(from))
    store<f64>(to, load<f64>(p1), 8)
    store<f64>(to, load<f64>(p2), 16)
    store<f64>(to, load<f64>(p3), 24)
    to += 32
    if (width == 5) {
      store<f64>(to, load<f64>(p3 + lineStride))
      to += 8
    }
    from += stepStride
  }
}

function packLast(from: usize, to: usize, width: u32, lines: u32, depth: u32, lineStride: usize, stepStride: usize): void {
  for (let p: u32 = 0; p < depth; p++, from += stepStride)
    for (let l: u32 = 0; l < width; l++, to += 8) store<f64>(to, l < lines ? load<f64>(from + l * lineStride) : 0)
}
