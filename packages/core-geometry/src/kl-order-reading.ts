import type { RateFit } from './fit-leading-rate.ts'

/** A KL order `k` read from one rate. */
export interface KlOrderReading {
  /** What it was read from, for instance `fisher`. */
  readonly source: string
  readonly klOrder: number
  readonly standardError: number
}

/** Several readings of one KL order, and whether they agree. */
export interface Agreement {
  readonly agrees: boolean
  /** Mean weighted by the inverse variances. */
  readonly value: number
  /** Error of the mean, enlarged where the readings scatter by more than their own errors. */
  readonly standardError: number
  readonly readings: readonly KlOrderReading[]
}

/** Readings closer than this are never called different: integer orders are twenty times further apart. */
const closest = 0.05

/**
 * The KL order from the rate of the directional Fisher information: `k = 1 + rate / 2`.
 *
 * Source: arXiv 2606.05957, row A2.
 *
 * @param fisher fit of `⟨u, F u⟩` along the approach
 * @example
 * import { fitLeadingRate, geometricGrid, klOrderFromFisher } from '@dead-directions/core-geometry'
 * const t = geometricGrid(1e-4, 1e-1, 25)
 * const fit = fitLeadingRate(t, t.map(t => 9 * t ** 4))
 * if (fit.kind === 'rate') klOrderFromFisher(fit).klOrder // 3
 */
export function klOrderFromFisher(fisher: RateFit): KlOrderReading {
  return { source: 'fisher', klOrder: 1 + fisher.rate / 2, standardError: fisher.standardError / 2 }
}

/**
 * The KL order from the rate of the divergence: `k = rate / 2`.
 *
 * Source: arXiv 2606.05957, row A1.
 *
 * @param divergence fit of `K(θ(t))` along the approach
 * @example
 * import { fitLeadingRate, geometricGrid, klOrderFromDivergence } from '@dead-directions/core-geometry'
 * const t = geometricGrid(1e-2, 1, 25)
 * const fit = fitLeadingRate(t, t.map(t => t ** 6 / 2))
 * if (fit.kind === 'rate') klOrderFromDivergence(fit).klOrder // 3
 */
export function klOrderFromDivergence(divergence: RateFit): KlOrderReading {
  return { source: 'divergence', klOrder: divergence.rate / 2, standardError: divergence.standardError / 2 }
}

/**
 * Whether several readings of one KL order agree: each pair within three of their combined standard errors, or within 0.05.
 *
 * Source: arXiv 2606.05957, row A7; the error of the mean is scaled as by the Particle Data Group (Birge ratio).
 *
 * @param readings at least one
 * @throws RangeError when there is no reading
 * @example
 * import { agree } from '@dead-directions/core-geometry'
 * agree([
 *   { source: 'fisher', klOrder: 2.01, standardError: 0.01 },
 *   { source: 'divergence', klOrder: 1.99, standardError: 0.01 },
 * ]).agrees // true
 */
export function agree(readings: readonly KlOrderReading[]): Agreement {
  if (readings.length === 0) throw new RangeError('readings: got none, expected at least one')
  const agrees = readings.every((a, i) =>
    readings.slice(i + 1).every(b => Math.abs(a.klOrder - b.klOrder) <= Math.max(3 * Math.hypot(a.standardError, b.standardError), closest)),
  )
  // An error of exactly zero would be an infinite weight.
  const weights = readings.map(({ standardError }) => Math.max(standardError, Number.EPSILON) ** -2)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const value = readings.reduce((sum, { klOrder }, i) => sum + (weights[i]! / total) * klOrder, 0)
  const chiSquared = readings.reduce((sum, { klOrder }, i) => sum + weights[i]! * (klOrder - value) ** 2, 0)
  const enlarged = readings.length === 1 ? 1 : Math.max(1, Math.sqrt(chiSquared / (readings.length - 1)))
  return { agrees, value, standardError: enlarged / Math.sqrt(total), readings }
}
