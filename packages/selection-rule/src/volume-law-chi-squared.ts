/**
 * The probability that a χ² variable exceeds a value.
 *
 * Exact sums over half the degrees of freedom: of `e^{-x} x^j / j!` for an even number, with half-integer j and the error
 * function for an odd one.
 *
 * @param value at least 0
 * @param freedom a whole number of at least 1
 */
export function chiSquaredTail(value: number, freedom: number): number {
  const x = value / 2
  const odd = freedom % 2 === 1
  let tail = odd ? complementaryError(Math.sqrt(x)) : Math.exp(-x)
  let term = odd ? Math.exp(-x) * Math.sqrt(x / Math.PI) * 2 : Math.exp(-x) * x
  for (let j = odd ? 1.5 : 2; j <= freedom / 2; j++) {
    tail += term
    term *= x / j
  }
  return tail
}

/** erfc for x ≥ 0, as its continued fraction or its power series. */
function complementaryError(x: number): number {
  if (x < 2) {
    let [sum, term] = [x, x]
    for (let n = 1; Math.abs(term) > 1e-17 * sum; n++) {
      term *= (-x * x) / n
      sum += term / (2 * n + 1)
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum
  }
  let fraction = 0
  for (let n = 60; n > 0; n--) fraction = n / 2 / (x + fraction)
  return Math.exp(-x * x) / (x + fraction) / Math.sqrt(Math.PI)
}
