import type { Estimated } from './chain-diagnostics.ts'
import type { Landscape } from './landscape.ts'

/** Sums over a chain's draws, one entry an observation: of its loss less that at w*, and of the square. */
export interface ChainLosses {
  count: number
  readonly first: Float64Array
  readonly second: Float64Array
}

/** Gathers the losses of every observation over a chain's draws, without keeping them. */
export async function chainLosses({ centre, losses }: Required<Landscape>): Promise<{ readonly sums: ChainLosses; look(point: Float64Array): Promise<void> }> {
  // Relative to w*, so that squares lose no digits to what all draws share.
  const origin = await losses(centre)
  const sums: ChainLosses = { count: 0, first: new Float64Array(origin.length), second: new Float64Array(origin.length) }
  return {
    sums,
    async look(point) {
      sums.count++
      const values = await losses(point)
      for (let i = 0; i < values.length; i++) {
        const change = values[i]! - origin[i]!
        sums.first[i]! += change
        sums.second[i]! += change * change
      }
    },
  }
}

/**
 * The singular fluctuation `ν = (β/2) Σ_i Var_w ℓ_i(w)` over the draws of several chains, its error by leaving out one chain at a time.
 * Source: arXiv 2606.05957, row B6; Watanabe, Algebraic Geometry and Statistical Learning Theory, 2009.
 */
export function fluctuationOf(chains: readonly ChainLosses[], beta: number): Estimated {
  const scale = beta / 2
  const without = chains.map((_, left) => scale * functionalVarianceOf(chains.filter((_, chain) => chain !== left)))
  const middle = without.reduce((sum, value) => sum + value, 0) / chains.length
  const spread = without.reduce((sum, value) => sum + (value - middle) ** 2, 0)
  return { value: scale * functionalVarianceOf(chains), standardError: Math.sqrt((spread * (chains.length - 1)) / chains.length) }
}

function functionalVarianceOf(chains: readonly ChainLosses[]): number {
  const count = chains.reduce((total, own) => total + own.count, 0)
  const observations = chains[0]!.first.length
  let variance = 0
  for (let i = 0; i < observations; i++) {
    const first = chains.reduce((total, own) => total + own.first[i]!, 0) / count
    const second = chains.reduce((total, own) => total + own.second[i]!, 0) / count
    variance += second - first * first
  }
  return variance
}
