/** The slope `d log f / d log t` of a log–log plot near `t`. */
export interface LocalSlope {
  readonly t: number
  readonly slope: number
}

/** Points of a log–log plot with positive coordinates, in ascending order of `t`. */
export interface LogLogPoints {
  readonly logT: Float64Array
  readonly logF: Float64Array
}

/** Shortest step over which a slope is taken, in log t: a quarter of a decade, so that dense grids do not amplify noise. */
const shortestStep = Math.LN10 / 4

/** A local slope together with the two points it was taken between. */
export interface Chord extends LocalSlope {
  readonly from: number
  readonly to: number
}

/**
 * The local slopes of a log–log plot, each between a point and the first one at least a quarter of a decade above it.
 *
 * @param points logarithms of samples, ascending in `t`
 * @returns one chord per point that has such a partner, at the geometric mean of its two ends
 */
export function chords({ logT, logF }: LogLogPoints): Chord[] {
  const found: Chord[] = []
  let to = 0
  for (let from = 0; from < logT.length; from++) {
    // A hair of slack, so that grids of exactly four points a decade pair neighbours.
    while (to < logT.length && logT[to]! - logT[from]! < shortestStep * (1 - 1e-9)) to++
    if (to === logT.length) break
    const slope = (logF[to]! - logF[from]!) / (logT[to]! - logT[from]!)
    found.push({ t: Math.exp((logT[from]! + logT[to]!) / 2), slope, from, to })
  }
  return found
}
