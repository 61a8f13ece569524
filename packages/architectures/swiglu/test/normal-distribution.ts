/** Φ(x) for |x| up to about 5, by its series without cancellation: ½ + φ(x) Σ x^{2n+1}/(2n+1)!! */
export function normalDistribution(x: number): number {
  let term = x
  let sum = x
  for (let odd = 3; Math.abs(term) > 1e-18 * Math.abs(sum); odd += 2) {
    term *= (x * x) / odd
    sum += term
  }
  return 1 / 2 + (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * sum
}
