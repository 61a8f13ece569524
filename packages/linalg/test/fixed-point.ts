/** Bits behind the point: enough for the least float64 above zero to a hundred places. */
const places = 1200n
export const one = 1n << places

/** The float64 exactly. */
export function fixed(x: number): bigint {
  const bits = new BigUint64Array(Float64Array.of(x).buffer)[0]!
  const exponent = (bits >> 52n) & 0x7ffn
  const significand = (bits & ((1n << 52n) - 1n)) | (exponent === 0n ? 0n : 1n << 52n)
  const size = significand << (places - 1074n + (exponent === 0n ? 0n : exponent - 1n))
  return x < 0 ? -size : size
}

/** exp x from its series at x / 2¹⁶, squared sixteen times. */
export function fixedExp(x: bigint): bigint {
  let sum = one
  for (let term = one, i = 1n; (term = (term * (x >> 16n)) / (i * one)) !== 0n; i++) sum += term
  for (let i = 0; i < 16; i++) sum = (sum * sum) >> places
  return sum
}

/** The distance of y from a ratio, in units of the last place that the ratio has in float64. */
export function unitsOff(y: number, numerator: bigint, denominator: bigint = one): number {
  const exact = (numerator * one) / denominator
  const digits = BigInt((exact < 0n ? -exact : exact).toString(2).length)
  const unit = digits - 53n > places - 1074n ? digits - 53n : places - 1074n
  const off = fixed(y) - exact
  return Number(((off < 0n ? -off : off) * 1000n) >> unit) / 1000
}
