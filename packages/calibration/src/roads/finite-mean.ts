import type { PolynomialDivergence } from '../polynomial.ts'

const STEP = 0.125
/** Coordinates under e^-14 of the scale `1/√s` are left out, and with them about as small a share of the mass. */
const DEPTH = 14
const MOST_VARIABLES = 3

/**
 * The mean of `s K` under `exp(-s K - (γ/2) |x|²)` by the trapezoidal rule in the logarithms of the coordinates, where the
 * integrand is analytic and falls off on both sides; null where K has more than three variables or squares beside its terms.
 *
 * @param scale s, the number of observations times β
 * @param localisation γ
 */
export function finiteMean({ variables, terms, squares }: PolynomialDivergence, scale: number, localisation: number): number | null {
  const size = variables.length
  if (size > MOST_VARIABLES || squares.length > 0) return null
  const low = -DEPTH - Math.log(scale) / 2
  const high = Math.log(12 / Math.sqrt(localisation))
  const points = Float64Array.from({ length: Math.ceil((high - low) / STEP) }, (_, i) => Math.exp(low + i * STEP))
  const powers = terms.map(({ exponents }) => exponents.map(power => points.map(x => x ** power)))
  const weights = points.map(x => x * Math.exp((-localisation / 2) * x * x))
  const place = new Int32Array(size)
  let [mass, total] = [0, 0]
  for (;;) {
    const tempered = scale * terms.reduce((sum, { coefficient }, term) => sum + place.reduce((product, at, i) => product * powers[term]![i]![at]!, coefficient), 0)
    const weight = place.reduce((product, at) => product * weights[at]!, Math.exp(-tempered))
    mass += weight
    total += weight * tempered
    let axis = 0
    while (axis < size && ++place[axis]! === points.length) place[axis++] = 0
    if (axis === size) return total / mass
  }
}
