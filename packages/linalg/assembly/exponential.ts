// Exponentials of pairs of numbers. Every pair goes through the same arithmetic, so a number's result does not depend on its place.
// The argument is k ln 2 + r; constants and polynomials are fdlibm's (e_exp.c, s_erf.c), good to 2^-59.

const log2e: f64 = 1.44269504088896338700
const ln2High: f64 = 6.93147180369123816490e-1
const ln2Low: f64 = 1.90821492927058770002e-10

/** The whole number of times that ln 2 goes into x. */
function times(x: v128): v128 {
  return f64x2.nearest(f64x2.mul(x, f64x2.splat(log2e)))
}

/** x - k ln 2 but for a last part that `rest` takes off. */
function head(x: v128, k: v128): v128 {
  return f64x2.sub(x, f64x2.mul(k, f64x2.splat(ln2High)))
}

/** exp(r) - 1 - head, where r = head - k·ln2Low. */
function rest(h: v128, k: v128): v128 {
  const low: v128 = f64x2.mul(k, f64x2.splat(ln2Low))
  const r: v128 = f64x2.sub(h, low)
  const t: v128 = f64x2.mul(r, r)
  let c: v128 = f64x2.mul(t, f64x2.splat(4.13813679705723846039e-8))
  c = f64x2.mul(t, f64x2.add(c, f64x2.splat(-1.65339022054652515390e-6)))
  c = f64x2.mul(t, f64x2.add(c, f64x2.splat(6.61375632143793436117e-5)))
  c = f64x2.mul(t, f64x2.add(c, f64x2.splat(-2.77777777770155933842e-3)))
  c = f64x2.mul(t, f64x2.add(c, f64x2.splat(1.66666666666666019037e-1)))
  c = f64x2.sub(r, c)
  return f64x2.sub(f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c)), low)
}

/** 2^k for a whole k from -1022 to 1023: the bits of k stand at the end of 1.5·2^52 + k. */
function powerOfTwo(k: v128): v128 {
  const bits: v128 = i64x2.shl(f64x2.add(k, f64x2.splat(6755399441055744)), 52)
  return i64x2.add(bits, i64x2.splat(0x3ff0000000000000))
}

/** x·2^k in two steps, of which only the last can leave the range of normal numbers. */
function scaled(x: v128, k: v128): v128 {
  const half: v128 = f64x2.nearest(f64x2.mul(k, f64x2.splat(0.5)))
  return f64x2.mul(f64x2.mul(x, powerOfTwo(half)), powerOfTwo(f64x2.sub(k, half)))
}

/** x between two numbers; NaN stays. */
function between(x: v128, least: f64, greatest: f64): v128 {
  return f64x2.pmin(f64x2.pmax(x, f64x2.splat(least)), f64x2.splat(greatest))
}

function expOf(given: v128): v128 {
  // Numbers that come to nothing are taken as 0 until the end, since processors are slow where results leave the range.
  const gone: v128 = f64x2.lt(given, f64x2.splat(-746))
  const x: v128 = v128.andnot(f64x2.pmin(given, f64x2.splat(710)), gone)
  const k: v128 = times(x)
  const h: v128 = head(x, k)
  return v128.andnot(scaled(f64x2.add(f64x2.splat(1), f64x2.add(h, rest(h, k))), k), gone)
}

function expm1Of(given: v128): v128 {
  const x: v128 = between(given, -50, 710)
  const k: v128 = times(x)
  const h: v128 = head(x, k)
  const s: v128 = rest(h, k)
  const p: v128 = f64x2.add(h, s)
  const lost: v128 = f64x2.sub(s, f64x2.sub(p, h))
  // exp x - 1 = 2^k ((1 - 2^-k) + p), and 2^-k is nothing beside 1 before it leaves the range.
  const whole: v128 = f64x2.sub(f64x2.splat(1), powerOfTwo(f64x2.sub(f64x2.splat(0), f64x2.pmin(k, f64x2.splat(1000)))))
  const y: v128 = f64x2.add(whole, p)
  const error: v128 = f64x2.add(f64x2.sub(whole, f64x2.sub(y, p)), lost)
  const zero: v128 = f64x2.eq(given, f64x2.splat(0))
  return v128.bitselect(given, scaled(f64x2.add(y, error), k), zero)
}

function tanhOf(given: v128): v128 {
  // tanh |x| = -e / (2 + e) with e = exp(-2|x|) - 1 = (2^k - 1) + 2^k p, quotient and roundings of both terms corrected.
  const x: v128 = f64x2.pmax(f64x2.mul(f64x2.abs(given), f64x2.splat(-2)), f64x2.splat(-60))
  const k: v128 = times(x)
  const h: v128 = head(x, k)
  const s: v128 = rest(h, k)
  const sum: v128 = f64x2.add(h, s)
  const power: v128 = powerOfTwo(k)
  const lost: v128 = f64x2.mul(power, f64x2.sub(s, f64x2.sub(sum, h)))
  const p: v128 = f64x2.mul(power, sum)
  const above: v128 = f64x2.sub(f64x2.splat(1), power)
  const below: v128 = f64x2.add(f64x2.splat(1), power)
  const n: v128 = f64x2.sub(above, p)
  const d: v128 = f64x2.add(below, p)
  const nLost: v128 = f64x2.sub(f64x2.sub(f64x2.sub(above, n), p), lost)
  const dLost: v128 = f64x2.add(f64x2.add(f64x2.sub(below, d), p), lost)
  const q: v128 = f64x2.div(n, d)
  const y: v128 = f64x2.add(q, f64x2.div(f64x2.sub(nLost, f64x2.mul(q, dLost)), d))
  return v128.bitselect(given, y, f64x2.splat(-0.0))
}

function sigmoidOf(x: v128): v128 {
  const e: v128 = expOf(f64x2.neg(f64x2.abs(x)))
  const one: v128 = f64x2.splat(1)
  const negative: v128 = f64x2.lt(x, f64x2.splat(0))
  const d: v128 = f64x2.add(one, e)
  const q: v128 = f64x2.div(v128.bitselect(e, one, negative), d)
  // What the sum 1 + e lost is given back; 1 / d is 1 - q where q is e / d.
  const lost: v128 = f64x2.sub(e, f64x2.sub(d, one))
  const inverse: v128 = v128.bitselect(f64x2.sub(one, q), q, negative)
  return f64x2.sub(q, f64x2.mul(f64x2.mul(q, lost), inverse))
}

/** The kernels below replace `count` numbers at p; with an odd count, the number behind them is overwritten. */
export function exp(p: usize, count: u32): void {
  for (const end: usize = p + ((<usize>count) << 3); p < end; p += 16) v128.store(p, expOf(v128.load(p)))
}

export function expm1(p: usize, count: u32): void {
  for (const end: usize = p + ((<usize>count) << 3); p < end; p += 16) v128.store(p, expm1Of(v128.load(p)))
}

export function tanh(p: usize, count: u32): void {
  for (const end: usize = p + ((<usize>count) << 3); p < end; p += 16) v128.store(p, tanhOf(v128.load(p)))
}

export function sigmoid(p: usize, count: u32): void {
  for (const end: usize = p + ((<usize>count) << 3); p < end; p += 16) v128.store(p, sigmoidOf(v128.load(p)))
}

/** The greatest of the numbers from p to `end`; NaN counts as none. */
function greatest(p: usize, end: usize): f64 {
  let most: v128 = f64x2.splat(-Infinity)
  for (; p + 8 < end; p += 16) most = f64x2.pmax(most, v128.load(p))
  if (p < end) most = f64x2.pmax(most, v128.load64_splat(p))
  const first: f64 = f64x2.extract_lane(most, 0)
  const second: f64 = f64x2.extract_lane(most, 1)
  return first < second ? second : first
}

/** Softmax of `rows` rows of `count` numbers at p, in place. */
export function softmax(p: usize, rows: u32, count: u32): void {
  for (; rows > 0; rows--) {
    const end: usize = p + ((<usize>count) << 3)
    const most: v128 = f64x2.splat(greatest(p, end))
    let sums: v128 = f64x2.splat(0)
    let q: usize = p
    for (; q + 8 < end; q += 16) {
      const weight: v128 = expOf(f64x2.sub(v128.load(q), most))
      sums = f64x2.add(sums, weight)
      v128.store(q, weight)
    }
    let total: f64 = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)
    if (q < end) {
      const weight: f64 = f64x2.extract_lane(expOf(f64x2.sub(v128.load64_splat(q), most)), 0)
      total += weight
      store<f64>(q, weight)
    }
    const divisor: v128 = f64x2.splat(total)
    for (; p + 8 < end; p += 16) v128.store(p, f64x2.div(v128.load(p), divisor))
    if (p < end) store<f64>(p, load<f64>(p) / total)
    p = end
  }
}
