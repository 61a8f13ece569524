import { agreeOnRateChain, curvatureTube, directionalFisher, fitLeadingRate, gaussianMeanMap, geometricGrid, rateChain, type RateFit, type RateRefusal, sectionalCurvature } from '@dead-directions/core-geometry'
import * as tf from '@tensorflow/tfjs'
import { float64 } from '../shell/float64.ts'
import type { Compute, Line, Outcome } from '../shell/reading.ts'

export interface CurvatureState {
  readonly k: number
  readonly bound: number
}

export interface CurvatureOutcome extends Outcome {
  readonly t: Float64Array
  readonly curvature: Float64Array
  /** Bounds, with the Fisher and the Lebesgue volume of the tube beyond each. */
  readonly bounds: Float64Array
  readonly fisherVolume: Float64Array
  readonly lebesgueVolume: Float64Array
  /** Width of the tube at the bound chosen. */
  readonly edge: number
}

const points = 33

export const compute: Compute<CurvatureState, CurvatureOutcome> = async ({ k, bound }, pace) => {
  await float64()
  const mean = (theta: tf.Tensor1D): tf.Tensor => {
    const [t, w] = [theta.slice(0, 1), theta.slice(1, 1)]
    return tf.concat([tf.add(power(t, k), tf.square(w)), w, tf.mul(t, w)])
  }
  const model = gaussianMeanMap({ truth: Float64Array.of(0, 0), mean })
  const t = geometricGrid(1e-3, 0.3, points)
  const curvature = new Float64Array(points)
  for (const [i, distance] of t.entries()) {
    curvature[i] = sectionalCurvature({ mean }, Float64Array.of(distance, 0), Float64Array.of(1, 0), Float64Array.of(0, 1))
    await pace(i, points)
  }
  const edgeAt = (level: number): number => crossing(t, curvature, level)
  // Bounds whose tube ends well inside the distances looked at, where its width is read off.
  const bounds = geometricGrid(2 * Math.abs(curvature.at(-8)!), Math.abs(curvature[0]!) / 2, 25)
  const widths = bounds.map(edgeAt)
  const [fisherVolume, lebesgueVolume] = [widths.map(width => width ** k / k), widths]
  const inverse = bounds.map(level => 1 / level)
  const fits = {
    fisher: fitLeadingRate(t, t.map(distance => directionalFisher(model, Float64Array.of(distance, 0), Float64Array.of(1, 0)))),
    curvature: fitLeadingRate(t, curvature.map(Math.abs)),
    fisherVolume: fitLeadingRate(inverse, fisherVolume),
    lebesgueVolume: fitLeadingRate(inverse, lebesgueVolume),
  }
  return { t, curvature, bounds, fisherVolume, lebesgueVolume, edge: edgeAt(bound), lines: lines(k, fits), notes: ['The tube’s Fisher volume is measured with the density t^(k − 1).'] }
}

function lines(k: number, fits: Readonly<Record<'fisher' | 'curvature' | 'fisherVolume' | 'lebesgueVolume', RateFit | RateRefusal>>): Line[] {
  const chain = rateChain(k)
  const rate = (name: string, which: keyof typeof fits): Line => {
    const fit = fits[which]
    return fit.kind === 'refused' ? { name, refused: fit.reason } : { name, estimate: fit.rate, error: fit.standardError, exact: chain[which], tolerance: 0.02 }
  }
  const { fisher, curvature, fisherVolume, lebesgueVolume } = fits
  const all = [rate('rate of the Fisher form', 'fisher'), rate('rate of the curvature', 'curvature'), rate('exponent of the Fisher volume', 'fisherVolume'), rate('exponent of the Lebesgue volume', 'lebesgueVolume')]
  if (curvature.kind === 'rate') all.push({ name: '−K t^(2k − 2) as t → 0', estimate: curvature.coefficient, error: 0, exact: 1 / k ** 2, exactText: `1/k² = 1/${k ** 2}`, tolerance: 0.02 / k ** 2 })
  if (fisherVolume.kind === 'rate') {
    const exact = curvatureTube(k, 'fisher').coefficient
    all.push({ name: 'coefficient of the Fisher volume', estimate: fisherVolume.coefficient, error: 0, exact, tolerance: 0.03 * exact })
  }
  if (fisher.kind === 'rate' && curvature.kind === 'rate' && fisherVolume.kind === 'rate' && lebesgueVolume.kind === 'rate') {
    const { value, standardError } = agreeOnRateChain({ fisher, curvature, fisherVolume, lebesgueVolume })
    all.push({ name: 'k from all four', estimate: value, error: standardError, exact: k, tolerance: 0.01 })
  }
  return all
}

function power(t: tf.Tensor, k: number): tf.Tensor {
  return Array.from({ length: k - 1 }).reduce((product: tf.Tensor) => tf.mul(product, t), t)
}

/** The distance at which the curvature falls to a level, by a straight line between logarithms. */
function crossing(t: Float64Array, curvature: Float64Array, level: number): number {
  const last = curvature.findLastIndex(value => -value > level)
  if (last < 0) return t[0]!
  if (last === t.length - 1) return t[last]!
  const [y0, y1] = [Math.log(-curvature[last]!), Math.log(-curvature[last + 1]!)]
  const share = (y0 - Math.log(level)) / (y0 - y1)
  return t[last]! * (t[last + 1]! / t[last]!) ** share
}
