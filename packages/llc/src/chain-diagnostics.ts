import { normalQuantile } from './normal-quantile.ts'

/** A number and its standard error. */
export interface Estimated {
  readonly value: number
  readonly standardError: number
}

/**
 * Rank-normalised split R-hat of one quantity over several chains: the larger of the one for its place and the one for its spread.
 * Near 1 where the chains agree.
 *
 * @param chains draws of each chain in order, equally many and at least 4
 * @throws RangeError when there are too few draws or chains of several lengths
 * @see Vehtari, Gelman, Simpson, Carpenter & Bürkner, "Rank-normalization, folding, and localization", 2021.
 * @example
 * import { rHat } from '@dead-directions/llc'
 * import { standardNormals } from '@dead-directions/network'
 *
 * const [one, two] = [standardNormals(1, 500), standardNormals(2, 500)]
 * rHat([one, two]) // 1.00…
 * rHat([one, two.map(x => x + 3)]) // far above 1
 */
export function rHat(chains: readonly Float64Array[]): number {
  const split = halves(chains)
  const middle = medianOf(split)
  const folded = split.map(chain => chain.map(value => Math.abs(value - middle)))
  return Math.max(splitRHat(rankNormalised(split)), splitRHat(rankNormalised(folded)))
}

/**
 * Bulk effective sample size: how many independent draws know as much of the quantity's place as these.
 *
 * @param chains draws of each chain in order, equally many and at least 4
 * @throws RangeError when there are too few draws or chains of several lengths
 * @see Vehtari et al. 2021; Geyer, "Practical Markov chain Monte Carlo", 1992, for where the sum of autocorrelations ends.
 * @example
 * import { effectiveSampleSize } from '@dead-directions/llc'
 * import { standardNormals } from '@dead-directions/network'
 *
 * effectiveSampleSize([standardNormals(1, 500), standardNormals(2, 500)]) // about 1000
 */
export function effectiveSampleSize(chains: readonly Float64Array[]): number {
  return sampleSizeOf(rankNormalised(halves(chains)))
}

/**
 * Mean of a quantity over all chains, with the standard error that its autocorrelation leaves.
 *
 * @param chains draws of each chain in order, equally many and at least 4
 * @throws RangeError when there are too few draws or chains of several lengths
 * @see Vehtari et al. 2021.
 * @example
 * import { chainMean } from '@dead-directions/llc'
 * import { standardNormals } from '@dead-directions/network'
 *
 * chainMean([standardNormals(1, 500), standardNormals(2, 500)]).standardError // about 1/√1000
 */
export function chainMean(chains: readonly Float64Array[]): Estimated {
  const split = halves(chains)
  const value = mean(Float64Array.from(split, mean))
  return { value, standardError: Math.sqrt(pooled(split).total / sampleSizeOf(split)) }
}

/** Each chain's first and second half as chains of their own. */
function halves(chains: readonly Float64Array[]): readonly Float64Array[] {
  const draws = chains[0]?.length ?? 0
  if (draws < 4) throw new RangeError(`chains: got ${draws} draws, expected at least 4 in at least one chain`)
  const odd = chains.findIndex(chain => chain.length !== draws)
  if (odd >= 0) throw new RangeError(`chains[${odd}]: got ${chains[odd]!.length} draws, expected ${draws}, as many as the first has`)
  const half = Math.floor(draws / 2)
  return chains.flatMap(chain => [chain.subarray(0, half), chain.subarray(draws - half)])
}

/** Normal scores of the ranks over all chains together; ties share their mean rank. */
function rankNormalised(chains: readonly Float64Array[]): readonly Float64Array[] {
  const length = chains[0]!.length
  const all = Float64Array.from(chains.flatMap(chain => [...chain]))
  const order = Uint32Array.from(all, (_, i) => i).sort((a, b) => all[a]! - all[b]!)
  const scores = new Float64Array(all.length)
  for (let first = 0, next = 0; first < order.length; first = next) {
    while (next < order.length && all[order[next]!] === all[order[first]!]) next++
    const rank = (first + 1 + next) / 2
    scores.set([normalQuantile((rank - 3 / 8) / (all.length + 1 / 4))], order[first]!)
    for (let i = first + 1; i < next; i++) scores[order[i]!] = scores[order[first]!]!
  }
  return chains.map((_, i) => scores.subarray(i * length, (i + 1) * length))
}

function splitRHat(chains: readonly Float64Array[]): number {
  const { within, total } = pooled(chains)
  return total === 0 ? 1 : Math.sqrt(total / within)
}

/** Mean variance within the chains, and the estimate of the stationary variance that also counts how their means differ. */
function pooled(chains: readonly Float64Array[]): { within: number; total: number } {
  const draws = chains[0]!.length
  const means = Float64Array.from(chains, mean)
  const within = mean(Float64Array.from(chains, (chain, i) => autocovariance(chain, means[i]!, 0))) * (draws / (draws - 1))
  const between = means.reduce((sum, own) => sum + (own - mean(means)) ** 2, 0) / (means.length - 1)
  return { within, total: (within * (draws - 1)) / draws + between }
}

function sampleSizeOf(chains: readonly Float64Array[]): number {
  const draws = chains[0]!.length
  const count = chains.length * draws
  const { within, total } = pooled(chains)
  if (total === 0) return count
  const means = chains.map(mean)
  const correlation = (lag: number): number => {
    const covariance = mean(Float64Array.from(chains, (chain, i) => autocovariance(chain, means[i]!, lag))) * (draws / (draws - 1))
    return 1 - (within - covariance) / total
  }
  // Geyer's initial monotone sequence: pairs of autocorrelations, summed while positive, none above the one before it.
  let time = -1
  for (let lag = 0, least = Infinity; lag + 1 < draws; lag += 2) {
    const pair = Math.min(least, (lag === 0 ? 1 : correlation(lag)) + correlation(lag + 1))
    if (pair <= 0) break
    time += 2 * pair
    least = pair
  }
  // Antithetic chains may know more than independent draws, but no estimate of how much more is reliable.
  return Math.min(count / Math.max(time, 1 / Math.log10(count)), count * Math.log10(count))
}

/** With divisor the number of draws, as its sum over lags needs. */
function autocovariance(chain: Float64Array, centre: number, lag: number): number {
  let sum = 0
  for (let i = lag; i < chain.length; i++) sum += (chain[i]! - centre) * (chain[i - lag]! - centre)
  return sum / chain.length
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function medianOf(chains: readonly Float64Array[]): number {
  const sorted = Float64Array.from(chains.flatMap(chain => [...chain])).sort()
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
}
