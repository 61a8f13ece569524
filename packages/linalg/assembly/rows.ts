/** Σ of products of the `count` numbers at p and at q: eight running sums, added up pairwise, then the tail. */
export function dot(p: usize, q: usize, count: u32): f64 {
  let s0: v128 = f64x2.splat(0)
  let s1: v128 = f64x2.splat(0)
  let s2: v128 = f64x2.splat(0)
  let s3: v128 = f64x2.splat(0)
  const whole: usize = p + ((<usize>(count & ~7)) << 3)
  const end: usize = p + ((<usize>count) << 3)
  while (p < whole) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(p), v128.load(q)))
    s1 = f64x2.add(s1, f64x2.mul(v128.load(p, 16), v128.load(q, 16)))
    s2 = f64x2.add(s2, f64x2.mul(v128.load(p, 32), v128.load(q, 32)))
    s3 = f64x2.add(s3, f64x2.mul(v128.load(p, 48), v128.load(q, 48)))
    p += 64
    q += 64
  }
  const pairs: v128 = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3))
  let sum: f64 = f64x2.extract_lane(pairs, 0) + f64x2.extract_lane(pairs, 1)
  while (p < end) {
    sum += load<f64>(p) * load<f64>(q)
    p += 8
    q += 8
  }
  return sum
}

/** q += factor·p. */
export function add(factor: f64, p: usize, q: usize, count: u32): void {
  const f: v128 = f64x2.splat(factor)
  const whole: usize = p + ((<usize>(count & ~3)) << 3)
  const end: usize = p + ((<usize>count) << 3)
  while (p < whole) {
    v128.store(q, f64x2.add(v128.load(q), f64x2.mul(f, v128.load(p))))
    v128.store(q, f64x2.add(v128.load(q, 16), f64x2.mul(f, v128.load(p, 16))), 16)
    p += 32
    q += 32
  }
  while (p < end) {
    store<f64>(q, load<f64>(q) + factor * load<f64>(p))
    p += 8
    q += 8
  }
}

/** (p, q) becomes (p - s·(q + t·p), q + s·(p - t·q)): a turn of sine s, with t the tangent of half its angle. */
export function turn(p: usize, q: usize, count: u32, s: f64, t: f64): void {
  const sine: v128 = f64x2.splat(s)
  const half: v128 = f64x2.splat(t)
  const whole: usize = p + ((<usize>(count & ~3)) << 3)
  const end: usize = p + ((<usize>count) << 3)
  while (p < whole) {
    const x0: v128 = v128.load(p)
    const y0: v128 = v128.load(q)
    const x1: v128 = v128.load(p, 16)
    const y1: v128 = v128.load(q, 16)
    v128.store(p, f64x2.sub(x0, f64x2.mul(sine, f64x2.add(y0, f64x2.mul(half, x0)))))
    v128.store(q, f64x2.add(y0, f64x2.mul(sine, f64x2.sub(x0, f64x2.mul(half, y0)))))
    v128.store(p, f64x2.sub(x1, f64x2.mul(sine, f64x2.add(y1, f64x2.mul(half, x1)))), 16)
    v128.store(q, f64x2.add(y1, f64x2.mul(sine, f64x2.sub(x1, f64x2.mul(half, y1)))), 16)
    p += 32
    q += 32
  }
  while (p < end) {
    const x: f64 = load<f64>(p)
    const y: f64 = load<f64>(q)
    store<f64>(p, x - s * (y + t * x))
    store<f64>(q, y + s * (x - t * y))
    p += 8
    q += 8
  }
}
