import { fitLeadingRate, type RateFit, type RateRefusal } from '@dead-directions/core-geometry'
import type { Matrix } from '@dead-directions/linalg'
import { layerSignature, type Precision } from './layer-signature.ts'

/** Dead directions of one layer, counted along an approach. */
export interface DeadCount {
  /** Of `det⁺(G)`: the slope of the active volume in `log t`, the sum over the dead directions of their rates. */
  readonly activeVolume: RateFit | RateRefusal
  /** Of the smallest eigenvalue `σ_min²`: the rate of the fastest of them, however many there are. */
  readonly bottom: RateFit | RateRefusal
  /** Ratio of the two slopes: the number of dead directions where all have one rate, less where they have several, 0 where the smallest eigenvalue stays; null where a slope was refused. */
  readonly count: { readonly value: number; readonly standardError: number } | null
}

/**
 * How many directions of one layer die together: the slope of its active volume in `log t` over that of its smallest
 * eigenvalue, which is the same for any number of them. Points where a value falls under the threshold of `det⁺` are left out,
 * since the active volume jumps there. Source: arXiv 2606.21158, row F2.
 *
 * @param grid values of the approach parameter `t`
 * @param data the layer's data matrix at each of them
 * @throws RangeError when the lengths differ
 * @example
 * import { geometricGrid } from '@dead-directions/core-geometry'
 * import { fromRows } from '@dead-directions/linalg'
 * import { countDeadDirections } from '@dead-directions/signatures'
 * const grid = geometricGrid(1e-4, 0.1, 12)
 * const { count } = countDeadDirections(grid, Array.from(grid, t => fromRows([[1, 0, 0], [0, t, 0], [0, 0, 2 * t]])))
 * count // { value: 2, standardError: about 0 }
 */
export function countDeadDirections(grid: Float64Array, data: readonly Matrix[], precision: Precision = {}): DeadCount {
  if (data.length !== grid.length) throw new RangeError(`data: got ${data.length} matrices, expected ${grid.length}, one for each t`)
  const signatures = data.map(matrix => layerSignature(matrix, precision))
  const full = Math.max(...signatures.map(({ rank }) => rank))
  const points = signatures.map((signature, i) => ({ ...signature, t: grid[i] as number })).filter(({ rank }) => rank === full)
  const t = points.map(point => point.t)
  const least = points.map(({ singularValues }) => singularValues[full - 1] as number)
  const largest = Math.max(...points.map(({ activeVolume }) => activeVolume.value))
  const activeVolume = fitLeadingRate(t, points.map(({ activeVolume }) => Math.exp(activeVolume.value - largest)), {
    floor: points.map(({ activeVolume }) => Math.exp(activeVolume.value - largest) * Math.expm1(activeVolume.error)),
  })
  const bottom = fitLeadingRate(t, least.map(value => value ** 2), { floor: points.map(({ threshold }, i) => 2 * threshold * (least[i] as number)) })
  return { activeVolume, bottom, count: ratio(activeVolume, bottom) }
}

/** Rates below this are none: the slope that a window counts as straight at zero. */
const none = 0.02

function ratio(above: RateFit | RateRefusal, below: RateFit | RateRefusal): DeadCount['count'] {
  if (above.kind === 'refused' || below.kind === 'refused') return null
  if (Math.abs(below.rate) < none) return { value: 0, standardError: 0 }
  const value = above.rate / below.rate
  return { value, standardError: Math.hypot(above.standardError, value * below.standardError) / Math.abs(below.rate) }
}
