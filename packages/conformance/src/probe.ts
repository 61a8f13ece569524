import type { RateFit, RateRefusal } from '@dead-directions/core-geometry'
import { type Network, type Prediction, predictRates } from '@dead-directions/network'
import { GRID, type MeasuredRates, measureRates, TINY } from './measure-rates.ts'

/** A rate as the rules predict it, beside the measured one. */
export interface ProbeRow {
  readonly node: string
  /** `forward`: power of `t` in the dead output; `backward`: rate of the second moment of the gradient at it. */
  readonly quantity: 'forward' | 'backward'
  /** `null` where the rules say that nothing passes or that leading terms cancel. */
  readonly predicted: number | null
  /** Coefficient of the second moment for a unit dead input, in both rows; the measured one is of the inputs at hand. */
  readonly predictedCoefficient: number | null
  /** `null` where no window was straight, or where the predicted size lies below what float64 can hold. */
  readonly measured: number | null
  readonly measuredCoefficient: number | null
  readonly standardError: number | null
  readonly window: readonly [tMin: number, tMax: number] | null
  /** What keeps prediction and measurement from agreeing; `null` when they do. */
  readonly disagreement: string | null
}

/** One network probed. */
export interface Probe {
  readonly rows: readonly ProbeRow[]
  readonly measured: MeasuredRates
}

/** Rates further apart than this disagree. */
const TOLERANCE = 0.05

/**
 * Predicted beside measured rates of the dead channel at every node of a network.
 * Source: arXiv 2606.05957, rows C7, C8 and C10.
 *
 * @param options `tolerance`: largest difference of the rates, 0.05 by default; `tokens`: where inputs are whole numbers, how many
 * @example
 * import { probe } from '@dead-directions/conformance'
 * import { loadCheckpoint } from '@dead-directions/dead-directions'
 * const { network } = await loadCheckpoint('runs/student')
 * const { rows } = await probe(network)
 * rows.filter(({ disagreement }) => disagreement !== null) // []
 */
export async function probe(network: Network, options: { readonly tolerance?: number; readonly tokens?: number } = {}): Promise<Probe> {
  const predictions = predictRates(network)
  const measured = await measureRates(network, options.tokens)
  const rows = predictions.flatMap(({ node, forward, backward }, i) => {
    const own = measured.nodes[i] as MeasuredRates['nodes'][number]
    const tolerance = options.tolerance ?? TOLERANCE
    return [row(node, 'forward', forward, own.forwardFit, tolerance), row(node, 'backward', backward, own.backwardFit, tolerance)]
  })
  return { rows, measured }
}

function row(node: string, quantity: ProbeRow['quantity'], prediction: Prediction, fit: RateFit | RateRefusal, tolerance: number): ProbeRow {
  // Sizes are measured; a gradient factor holds their squares.
  const share = quantity === 'forward' ? 1 : 2
  const predicted = prediction.kind === 'power' ? prediction.rate * share : null
  const measured = fit.kind === 'rate' ? fit.rate * share : null
  return {
    node,
    quantity,
    predicted,
    predictedCoefficient: momentCoefficient(prediction),
    measured,
    measuredCoefficient: fit.kind === 'rate' ? fit.coefficient ** 2 : null,
    standardError: fit.kind === 'rate' ? fit.standardError * share : null,
    window: fit.kind === 'rate' ? fit.window : null,
    disagreement: outOfRange(prediction) && fit.kind === 'refused' ? null : disagreement(share, prediction, predicted, fit, measured, tolerance),
  }
}

/** Coefficient of the second moment of a dead amplitude, halved once by a gate. */
function momentCoefficient(prediction: Prediction): number | null {
  if (prediction.kind !== 'power' || prediction.coefficient === null) return null
  return prediction.coefficient ** 2 * (prediction.gated ? 1 / 2 : 1)
}

/** Whether a predicted size underflows on all but the top of the grid, where too little is left for a window. */
function outOfRange(prediction: Prediction): boolean {
  const highest = (GRID.at(-1) as number) / 5
  return prediction.kind === 'power' && prediction.rate * Math.log10(highest) < Math.log10(TINY)
}

function disagreement(share: number, prediction: Prediction, predicted: number | null, fit: RateFit | RateRefusal, measured: number | null, tolerance: number): string | null {
  const vanished = fit.kind === 'refused' && fit.reason.includes('vanishes')
  if (prediction.kind === 'blocked') return vanished ? null : `predicted nothing to pass, measured ${measured?.toFixed(3) ?? 'no straight window'}`
  if (prediction.kind === 'cancelled') {
    return vanished || (measured !== null && measured > share * prediction.above + tolerance) ? null : `predicted a rate above ${share * prediction.above}, measured ${measured?.toFixed(3) ?? 'no straight window'}`
  }
  if (measured === null) return `predicted ${predicted}, but no rate could be measured: ${(fit as RateRefusal).reason}`
  return Math.abs(measured - (predicted as number)) <= tolerance ? null : `predicted ${predicted}, measured ${measured.toFixed(3)}`
}
