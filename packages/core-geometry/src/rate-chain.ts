import type { RateFit } from './fit-leading-rate.ts'
import { agree, type Agreement, type KlOrderReading, klOrderFromFisher } from './kl-order-reading.ts'
import type { LeadingRate } from './leading-rate.ts'

/** How a volume is measured: by the Fisher density along the dead direction, taken as `t^{k-1}`, or by length. */
export type VolumeMeasure = 'fisher' | 'lebesgue'

/** Rates that one KL order leaves in the geometry around it. */
export interface RateChain {
  /** Rate in t of the Fisher information along the dead direction. */
  readonly fisher: number
  /** Rate in t of the sectional curvature. */
  readonly curvature: number
  /** Rate in 1/M of the volume of `{|curvature| > M}`. */
  readonly fisherVolume: number
  /** Rate in 1/M of the length of `{|curvature| > M}`. */
  readonly lebesgueVolume: number
}

/** Fits of two rates or more of one dead direction, volumes as functions of 1/M. */
export type RateChainFits = { readonly [rate in keyof RateChain]?: RateFit }

/**
 * The rates of a dead direction of KL order k: `2(k-1)`, `-2(k-1)`, `k/(2(k-1))` and `1/(2(k-1))`.
 *
 * Source: arXiv 2606.05957, rows A2, A5, A6 and A7.
 *
 * @param k a number above 1; along a regular direction the curvature stays bounded
 * @throws RangeError when `k` is not
 * @example
 * import { rateChain } from '@dead-directions/core-geometry'
 * rateChain(3) // { fisher: 4, curvature: -4, fisherVolume: 0.75, lebesgueVolume: 0.25 }
 */
export function rateChain(k: number): RateChain {
  checkOrder(k)
  const fisher = 2 * (k - 1)
  return { fisher, curvature: -fisher, fisherVolume: k / fisher, lebesgueVolume: 1 / fisher }
}

/**
 * The volume of `{|curvature| > M}` as M → ∞, per unit of length along the fibre, on one side of it, where the curvature is
 * `-1/(k² t^{2(k-1)})`: the tube `t < (k² M)^{-1/(2(k-1))}`.
 *
 * The full Fisher density of the families in row A5 is `k t^{k-1}` to leading order, which multiplies the Fisher volume by k.
 *
 * @param k KL order, above 1
 * @returns rate and coefficient in powers of 1/M
 * @throws RangeError when `k` is not above 1
 *
 * Source: arXiv 2606.05957, row A6.
 *
 * @example
 * import { curvatureTube } from '@dead-directions/core-geometry'
 * curvatureTube(2, 'fisher') // { rate: 1, coefficient: 1/8 }
 */
export function curvatureTube(k: number, measure: VolumeMeasure): LeadingRate {
  const { fisherVolume, lebesgueVolume } = rateChain(k)
  return measure === 'fisher'
    ? { rate: fisherVolume, coefficient: k ** (-2 * fisherVolume) / k }
    : { rate: lebesgueVolume, coefficient: k ** (-2 * lebesgueVolume) }
}

/**
 * Whether Fisher rate, curvature rate and volume exponents tell of one KL order.
 *
 * Each fit is turned into its own reading of k, with its error, and the readings are compared by {@link agree}.
 *
 * @param fits two or more; those of volumes are against 1/M, so that their rates are positive
 * @throws RangeError when there are fewer than two, or a rate cannot come from any k above 1
 *
 * Source: arXiv 2606.05957, row A7.
 *
 * @example
 * import { agreeOnRateChain, fitLeadingRate, geometricGrid } from '@dead-directions/core-geometry'
 * const t = geometricGrid(1e-4, 1e-1, 25)
 * const [fisher, curvature] = [fitLeadingRate(t, t.map(t => 9 * t ** 4)), fitLeadingRate(t, t.map(t => t ** -4 / 9))]
 * if (fisher.kind === 'rate' && curvature.kind === 'rate') agreeOnRateChain({ fisher, curvature }) // agrees on k = 3
 */
export function agreeOnRateChain({ fisher, curvature, fisherVolume, lebesgueVolume }: RateChainFits): Agreement {
  const readings = [
    ...(fisher === undefined ? [] : [klOrderFromFisher(fisher)]),
    ...(curvature === undefined ? [] : [{ source: 'curvature', klOrder: 1 - curvature.rate / 2, standardError: curvature.standardError / 2 }]),
    ...(fisherVolume === undefined ? [] : [fromFisherVolume(fisherVolume)]),
    ...(lebesgueVolume === undefined ? [] : [fromLebesgueVolume(lebesgueVolume)]),
  ]
  if (readings.length < 2) throw new RangeError(`fits: got ${readings.length}, expected at least two`)
  return agree(readings)
}

/** The exponent `k/(2(k-1))` solved for k. */
function fromFisherVolume({ rate, standardError }: RateFit): KlOrderReading {
  if (!(rate > 0.5)) throw new RangeError(`fisherVolume.rate: got ${rate}, expected a number above 1/2`)
  const spread = 2 * rate - 1
  return { source: 'Fisher volume', klOrder: (2 * rate) / spread, standardError: (2 * standardError) / spread ** 2 }
}

/** The exponent `1/(2(k-1))` solved for k. */
function fromLebesgueVolume({ rate, standardError }: RateFit): KlOrderReading {
  if (!(rate > 0)) throw new RangeError(`lebesgueVolume.rate: got ${rate}, expected a positive number`)
  return { source: 'Lebesgue volume', klOrder: 1 + 1 / (2 * rate), standardError: standardError / (2 * rate ** 2) }
}

function checkOrder(k: number): void {
  if (!(k > 1 && k < Infinity)) throw new RangeError(`k: got ${k}, expected a number above 1`)
}
