import { type Matrix, matrix } from '@dead-directions/linalg'
import { checkLength, type StatisticalModel } from './statistical-model.ts'

/** Step of the trapezoidal rule, whose error falls like exp(-2π d / step) for functions analytic to distance d of the axis. */
const step = 1 / 16
/** Beyond this distance from every mean a Gaussian weight is below 1e-38. */
const reach = 13

/**
 * The mixture `(1 - w) N(0, 1) + w N(m, 1)` in the parameters `(w, m)`, the truth being `N(0, 1)`: all of `w m = 0`.
 *
 * Integrals over the sample space are trapezoidal sums, right to about 1e-12; the divergence is summed without cancellation.
 *
 * @throws RangeError, from the model's methods, when `w` is outside `[0, 1)` or `|m|` above 8
 *
 * Source: arXiv 2606.05957, row A4.
 *
 * @example
 * import { gaussianMixture } from '@dead-directions/core-geometry'
 * gaussianMixture().divergence(Float64Array.of(1e-3, 1e-3)) // ≈ 1e-12 / 2
 */
export function gaussianMixture(): StatisticalModel {
  const origin = Float64Array.of(0, 0)
  return {
    name: 'two-component Gaussian mixture',
    dimension: 2,
    truth: origin,
    divergenceFloor: 0,
    scoreMatrix,
    divergence,
    degenerations: [
      { name: 'weight and mean vanish', approach: { origin, direction: Float64Array.of(1, 1) }, klOrder: 2 },
      { name: 'weight vanishes', approach: { origin: Float64Array.of(0, 1), direction: Float64Array.of(1, 0) }, klOrder: 1 },
      { name: 'components merge', approach: { origin: Float64Array.of(0.5, 0), direction: Float64Array.of(0, 1) }, klOrder: 1 },
    ],
  }
}

/** Rows √(p h) · (∂ log p / ∂w, ∂ log p / ∂m), with p = φ (1 + w q) and q = exp(m x - m²/2) - 1. */
function scoreMatrix(theta: Float64Array): Matrix {
  const [w, m] = parameters(theta)
  const x = nodes(m)
  const data = new Float64Array(2 * x.length)
  x.forEach((x, i) => {
    const q = Math.expm1(m * (x - m / 2))
    const ratio = 1 + w * q
    const root = Math.sqrt((density(x) * step) / ratio)
    data[2 * i] = root * q
    data[2 * i + 1] = root * w * (x - m) * (1 + q)
  })
  return matrix(x.length, 2, data)
}

/** E[-log(1 + r)] = E[r - log(1 + r)] under N(0, 1), since r = w q has mean zero; the second form has one sign. */
function divergence(theta: Float64Array): number {
  const [w, m] = parameters(theta)
  return nodes(m).reduce((sum, x) => sum + step * density(x) * excess(w * Math.expm1(m * (x - m / 2))), 0)
}

/** r - log(1 + r) to full relative accuracy. */
function excess(r: number): number {
  if (Math.abs(r) > 0.1) return r - Math.log1p(r)
  let sum = 0
  for (let n = 18; n >= 2; n--) sum = (n % 2 === 0 ? 1 : -1) / n + r * sum
  return r * r * sum
}

function nodes(m: number): Float64Array {
  const from = Math.floor((Math.min(0, m) - reach) / step)
  const to = Math.ceil((Math.max(0, m) + reach) / step)
  return Float64Array.from({ length: to - from + 1 }, (_, i) => (from + i) * step)
}

function density(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
}

function parameters(theta: Float64Array): [w: number, m: number] {
  checkLength('theta', theta, 2)
  const [w, m] = theta as unknown as [number, number]
  if (!(w >= 0 && w < 1)) throw new RangeError(`theta[0]: got ${w}, expected a weight in [0, 1)`)
  if (Math.abs(m) > 8) throw new RangeError(`theta[1]: got ${m}, expected a mean in [-8, 8]`)
  return [w, m]
}
