/** Σ x[p + i]·y[q + i]: eight running sums, added up pairwise, then the tail, as `assembly/rows.ts` does. */
export function plainDot(x: Float64Array, p: number, y: Float64Array, q: number, count: number): number {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let s4 = 0
  let s5 = 0
  let s6 = 0
  let s7 = 0
  const end = p + count
  for (const whole = end - (count % 8); p < whole; p += 8, q += 8) {
    s0 += x[p]! * y[q]!
    s1 += x[p + 1]! * y[q + 1]!
    s2 += x[p + 2]! * y[q + 2]!
    s3 += x[p + 3]! * y[q + 3]!
    s4 += x[p + 4]! * y[q + 4]!
    s5 += x[p + 5]! * y[q + 5]!
    s6 += x[p + 6]! * y[q + 6]!
    s7 += x[p + 7]! * y[q + 7]!
  }
  let sum = s0 + s2 + (s4 + s6) + (s1 + s3 + (s5 + s7))
  for (; p < end; p++, q++) sum += x[p]! * y[q]!
  return sum
}

/** The `count` numbers at q grow by factor times those at p. */
export function plainAdd(data: Float64Array, factor: number, p: number, q: number, count: number): void {
  for (const end = p + count; p < end; p++, q++) data[q]! += factor * data[p]!
}

/** (x, y) at p and q becomes (x - s·(y + t·x), y + s·(x - t·y)). */
export function plainTurn(data: Float64Array, p: number, q: number, count: number, s: number, t: number): void {
  for (const end = p + count; p < end; p++, q++) {
    const x = data[p]!
    const y = data[q]!
    data[p] = x - s * (y + t * x)
    data[q] = y + s * (x - t * y)
  }
}
