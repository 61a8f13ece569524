import { fitLeadingRate, geometricGrid, type RateFit, type RateRefusal } from '@dead-directions/core-geometry'
import { type Invariants } from './invariants.ts'
import { smoothFibre, type TransversalOrders } from './smooth-fibre.ts'

/** Coordinates in which `K = Σ x_i^{2 k_i} + Σ w_j²`, with the volume they carry. */
export interface CoordinatesWithDensity extends Pick<TransversalOrders, 'orders' | 'regular'> {
  /** Volume density at a point near the origin, the x_i before the w_j: prior times Jacobian, not negative. */
  readonly density: (point: Float64Array) => number
}

/** The invariants of a volume that factorises over the coordinates, or why the additive law does not hold. */
export type AdditiveNormalForm =
  | { readonly kind: 'factorised'; readonly invariants: Invariants; readonly measuredExponent: number }
  | {
      readonly kind: 'refused'
      readonly reason: string
      /** Exponent `Σ 1/(2 k_i) + regular/2` that a factorised volume would have. */
      readonly factorisedExponent: number
      /** Exponent of the measured volume, or null when it follows no power. */
      readonly measuredExponent: number | null
    }

const sampleCount = 2048
/** Half-widths of the boxes along the coordinate of highest order. */
const scales = geometricGrid(1e-6, 1e-2, 17)
/** Largest rate of the mean density that still counts as none, and the straightness asked of its fit. */
const rateTolerance = 1e-3

/**
 * λ, m and ν in coordinates where K is a sum of even powers, granted only if the volume really factorises.
 *
 * The form of K alone does not give λ: under the density `4|u1³ - u2³|`, zero on the diagonal, the volume of
 * `{u1⁴ + u2⁴ < ε}` goes as `ε^{5/4}`, not `ε^{1/2}`. Here the mean density over boxes `|x_i| < ε^{1/(2 k_i)}`, which hold
 * `{K < ε}` between them, is measured as ε → 0; a rate of zero is the factorised law, any other is refused.
 *
 * `orders` and `regular` are as in {@link smoothFibre}; `density` is called on points within 0.01 of the origin (further
 * out along no coordinate) and is in units of volume. Exponents are pure numbers.
 *
 * @throws RangeError when an order or count is out of range, or the density is negative or not finite somewhere.
 * @see arXiv 2606.05957, row B3.
 * @example
 * import { additiveNormalForm } from '@dead-directions/selection-rule'
 *
 * additiveNormalForm({ orders: [2, 2], regular: 0, density: () => 1 }).kind // 'factorised', λ = 1/2
 * additiveNormalForm({ orders: [2, 2], regular: 0, density: u => 4 * Math.abs(u[0]! ** 3 - u[1]! ** 3) }).kind // 'refused'
 */
export function additiveNormalForm({ orders, regular, density }: CoordinatesWithDensity): AdditiveNormalForm {
  const additive = smoothFibre({ orders, regular })
  const allOrders = [...orders, ...Array<number>(regular).fill(1)]
  const highest = Math.max(...allOrders)
  const fit = meanDensityRate(allOrders, highest, density)
  const refuse = (reason: string, measuredExponent: number | null): AdditiveNormalForm => ({
    kind: 'refused',
    reason,
    factorisedExponent: additive.lambda,
    measuredExponent,
  })
  if (fit.kind === 'refused') return refuse(`the volume of {K < ε} follows no power of ε: ${fit.reason}`, null)
  const measuredExponent = additive.lambda + fit.rate / (2 * highest)
  if (Math.abs(fit.rate) <= rateTolerance) {
    return { kind: 'factorised', invariants: { ...additive, rule: 'B3 additive normal form' }, measuredExponent }
  }
  const exponents = `ε^${measuredExponent.toFixed(4)}, a factorised volume as ε^${additive.lambdaFraction}`
  return refuse(`the density does not stay positive at the origin: the volume of {K < ε} goes as ${exponents}`, measuredExponent)
}

/** Rate of the mean density over the boxes `|x_i| < s^{highest/k_i}`, in powers of s. */
function meanDensityRate(orders: readonly number[], highest: number, density: (point: Float64Array) => number): RateFit | RateRefusal {
  const nodes = spreadNodes(orders.length)
  const means = scales.map(scale => {
    const reaches = orders.map(k => scale ** (highest / k))
    const total = nodes.reduce((sum, node) => sum + densityAt(node.map((y, i) => y * (reaches[i] as number)), density), 0)
    return total / nodes.length
  })
  return fitLeadingRate(scales, means, { tolerance: rateTolerance })
}

function densityAt(point: Float64Array, density: (point: Float64Array) => number): number {
  const value = density(point)
  if (value >= 0 && value < Infinity) return value
  throw new RangeError(`density: got ${String(value)} at [${Array.from(point).join(', ')}], expected a finite number that is not negative`)
}

/** Evenly spread points of the cube [-1, 1]^d: multiples of powers of the root of `x^{d+1} = x + 1`, modulo one. */
function spreadNodes(dimension: number): Float64Array[] {
  let root = 2
  for (let i = 0; i < 60; i++) root = (1 + root) ** (1 / (dimension + 1))
  return Array.from({ length: sampleCount }, (_, n) =>
    Float64Array.from({ length: dimension }, (_, i) => 2 * ((0.5 + (n + 1) * root ** -(i + 1)) % 1) - 1),
  )
}
