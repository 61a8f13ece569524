import gamma from '@stdlib/math-base-special-gamma'
import { integer } from './integer-fields.ts'

/** Mean and variance of `η^k` under `π_Z(η) ∝ exp(Z η^k - η^{2k})`, the posterior of row B6 at the noise Z. */
export interface ConditionalMoments {
  readonly mean: number
  readonly variance: number
}

/** Nodes s of `∫₀^∞ g(s) s^{1/k-1} exp(-s²) ds ≈ Σ weight · g(s)`. */
interface HalfLineRule {
  readonly nodes: Float64Array
  readonly weights: Float64Array
}

const nodeStep = 1 / 16
const noiseStep = 1 / 8
const noiseReach = 13

/**
 * The leading-order singular fluctuation `ν_LO(k) = E_{Z ~ N(0,2)} Var_{π_Z}[η^k]` of one direction of KL order k, where
 * `π_Z(η) ∝ exp(Z η^k - η^{2k})` on the whole line.
 *
 * `k` is a positive integer; `value` is a pure number and `error` its absolute quadrature error, estimated from doubled
 * steps (below 1e-12 for k up to 1000). k = 1 is exactly 1/2; no closed form is known beyond.
 *
 * @throws RangeError when `k` is not a positive integer.
 * @see arXiv 2606.05957, row B6.
 * @example
 * import { singularFluctuation } from '@dead-directions/selection-rule'
 *
 * singularFluctuation(2).value // 0.1729732674…
 */
export function singularFluctuation(k: number): { value: number; error: number } {
  integer('k', k, 1)
  if (k === 1) return { value: 0.5, error: 0 }
  const value = averagedVariance(k, nodeStep, noiseStep)
  const coarse = averagedVariance(k, 2 * nodeStep, 2 * noiseStep)
  return { value, error: Math.abs(value - coarse) + 8 * Number.EPSILON }
}

/**
 * The frozen value of {@link singularFluctuation}: the variance of `η^k` at Z = 0, with λ = 1/(2k) equal to λ for odd k
 * and to `λ - (Γ(λ+½)/Γ(λ))²` for even k.
 *
 * `k` is a positive integer; the result is a pure number.
 *
 * @throws RangeError when `k` is not a positive integer.
 * @see arXiv 2606.05957, row B6.
 * @example
 * import { frozenFluctuation } from '@dead-directions/selection-rule'
 *
 * frozenFluctuation(3) // 1/6
 */
export function frozenFluctuation(k: number): number {
  const lambda = 1 / (2 * integer('k', k, 1))
  return k % 2 === 1 ? lambda : lambda - (gamma(lambda + 0.5) / gamma(lambda)) ** 2
}

/** Mean and variance of `η^k` at one value of the noise. */
export function conditionalMoments(k: number, noise: number): ConditionalMoments {
  const [positive, negative] = bothSigns(k, halfLineRule(k, nodeStep), Math.abs(noise))
  return noise < 0 ? negative : positive
}

/** Trapezoidal average over Z, which converges exponentially since the variance is analytic about the real line. */
function averagedVariance(k: number, step: number, outerStep: number): number {
  const rule = halfLineRule(k, step)
  let total = bothSigns(k, rule, 0)[0].variance
  for (let noise = outerStep; noise <= noiseReach; noise += outerStep) {
    const [positive, negative] = bothSigns(k, rule, noise)
    total += Math.exp((-noise * noise) / 4) * (positive.variance + negative.variance)
  }
  return (total * outerStep) / Math.sqrt(4 * Math.PI)
}

/** The moments at +noise and -noise, from `s = |η|^k` on the half line; an odd k folds the two signs together. */
function bothSigns(k: number, rule: HalfLineRule, noise: number): [ConditionalMoments, ConditionalMoments] {
  const up = [0, 0, 0]
  const down = [0, 0, 0]
  for (let i = 0; i < rule.nodes.length; i++) {
    const s = rule.nodes[i] as number
    const weight = rule.weights[i] as number
    const tilt = Math.exp(noise * s)
    for (let j = 0, upper = weight * tilt, lower = weight / tilt; j < 3; j++, upper *= s, lower *= s) {
      up[j]! += upper
      down[j]! += lower
    }
  }
  if (k % 2 === 0) return [momentsOf(up), momentsOf(down)]
  const { mean, variance } = momentsOf(up.map((value, j) => (j === 1 ? value - down[j]! : value + down[j]!)))
  return [{ mean, variance }, { mean: -mean, variance }]
}

function momentsOf([mass, first, second]: readonly number[]): ConditionalMoments {
  const mean = first! / mass!
  return { mean, variance: second! / mass! - mean * mean }
}

/**
 * Double-exponential rule `s = exp(u - e^{-u})`: the singularity `s^{1/k-1}` turns into the decay `exp(-e^{-u}/k)` on the
 * left, and `exp(-s²)` is the decay on the right; the trapezoidal sum in u then converges exponentially for every k.
 */
function halfLineRule(k: number, step: number): HalfLineRule {
  const left = -Math.log(50 * k)
  const right = Math.log(noiseReach)
  const points = Array.from({ length: Math.ceil((right - left) / step) + 1 }, (_, i) => (Math.floor(left / step) + i) * step)
  const nodes = Float64Array.from(points, u => Math.exp(u - Math.exp(-u)))
  const weights = Float64Array.from(points, (u, i) => {
    const s = nodes[i]!
    return step * (1 + Math.exp(-u)) * Math.exp((u - Math.exp(-u)) / k - s * s)
  })
  return { nodes, weights }
}
