import type { Landscape } from '../src/index.ts'

/** A sum of even monomials by their exponents, its λ and m. */
export interface NormalForm {
  readonly name: string
  readonly exponents: readonly (readonly number[])[]
  readonly lambda: number
  readonly multiplicity: number
}

/** The small polynomials whose invariants the Newton polyhedron gives. */
export const normalForms: readonly NormalForm[] = [
  { name: 'x² + y²', exponents: [[2, 0], [0, 2]], lambda: 1, multiplicity: 1 },
  { name: 'x⁴ + y²', exponents: [[4, 0], [0, 2]], lambda: 3 / 4, multiplicity: 1 },
  { name: 'x⁶ + y⁴', exponents: [[6, 0], [0, 4]], lambda: 5 / 12, multiplicity: 1 },
  { name: 'x⁴y²', exponents: [[4, 2]], lambda: 1 / 4, multiplicity: 1 },
  { name: 'x²y²', exponents: [[2, 2]], lambda: 1 / 2, multiplicity: 2 },
  { name: 'x²y² + x⁶ + y⁶', exponents: [[2, 2], [6, 0], [0, 6]], lambda: 1 / 2, multiplicity: 2 },
  { name: 'x²y²z²', exponents: [[2, 2, 2]], lambda: 1 / 2, multiplicity: 3 },
]

/** The polynomial as a mean loss over `observations` observations, around the origin. */
export function polynomialLandscape({ exponents }: NormalForm, observations: number): Landscape {
  const size = exponents[0]!.length
  return {
    centre: new Float64Array(size),
    observations,
    evaluate(w) {
      const gradient = new Float64Array(size)
      let loss = 0
      for (const powers of exponents) {
        loss += powers.reduce((product, power, i) => product * w[i]! ** power, 1)
        for (let i = 0; i < size; i++) {
          if (powers[i]! > 0) gradient[i]! += powers.reduce((product, power, j) => product * (i === j ? power * w[j]! ** (power - 1) : w[j]! ** power), 1)
        }
      }
      return { loss, gradient }
    },
  }
}

/**
 * `E[nβ K]` under `exp(-nβ K - (γ/2) |w|²)` by the trapezoidal rule in the logarithms of the coordinates, where the integrand is
 * analytic and falls off on both sides.
 */
export function temperedMean({ exponents }: NormalForm, scale: number, localisation: number, step = 0.125): number {
  const size = exponents[0]!.length
  const low = -14 - Math.log(scale) / 2
  const high = Math.log(12 / Math.sqrt(localisation))
  const points = Float64Array.from({ length: Math.ceil((high - low) / step) }, (_, i) => Math.exp(low + i * step))
  const place = new Int32Array(size)
  let [mass, total] = [0, 0]
  for (;;) {
    const w = Array.from(place, i => points[i]!)
    const tempered = scale * exponents.reduce((sum, powers) => sum + powers.reduce((product, power, i) => product * w[i]! ** power, 1), 0)
    const weight = w.reduce((product, x) => product * x * Math.exp((-localisation / 2) * x * x), Math.exp(-tempered))
    mass += weight
    total += weight * tempered
    let axis = 0
    while (axis < size && ++place[axis]! === points.length) place[axis++] = 0
    if (axis === size) return total / mass
  }
}
