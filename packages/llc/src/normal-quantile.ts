const centre = { upper: [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239], lower: [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1] }
const tail = { upper: [-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783], lower: [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1] }

/**
 * The standard normal's quantile at `p` in (0, 1), to a relative error of 1.2e-9.
 * Source: Acklam, "An algorithm for computing the inverse normal cumulative distribution function", 2003.
 */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p)
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p))
    return horner(tail.upper, q) / horner(tail.lower, q)
  }
  const q = p - 0.5
  return (q * horner(centre.upper, q * q)) / horner(centre.lower, q * q)
}

function horner(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0)
}
