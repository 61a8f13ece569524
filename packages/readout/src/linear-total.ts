import type { LinearRun, Network } from '@dead-directions/network'
import { deepLinearNetwork } from '@dead-directions/selection-rule'
import { readoutCriteria } from './criteria.ts'
import type { Total } from './report.ts'

/** Singular values of what reaches the first layer, alone and with a constant beside it, descending. */
export interface SeenInputs {
  readonly inputs: Float64Array
  readonly withConstant: Float64Array
}

/** What a rule said of the whole model. */
export type TotalOutcome = { readonly total: Omit<Total, 'posterior'>; readonly warnings: readonly string[] } | { readonly missing: string }

/**
 * λ and m of a network that is one linear map in factors, from its widths and the rank its end-to-end spectrum shows.
 * A free output bias adds half its size, whatever biases stand inside; a categorical head loses the logit shift, one output.
 * Sources: Aoyagi 2024; Aoyagi & Watanabe 2005; arXiv 2606.05957, row B7.
 */
export function linearTotal(network: Network, run: LinearRun, seen: SeenInputs): TotalOutcome {
  const [first] = run.maps
  const last = run.maps.at(-1)
  if (first === undefined || last === undefined) return { missing: 'the network has no layer' }
  const biased = run.maps.find(map => map.bias !== null)
  if (biased !== undefined && last.bias === null) return { missing: `B7 has no closed form for a bias inside a linear network that has none at its output (layer ${biased.layer})` }
  // A bias inside only moves the output's, which is free.
  const spectrum = biased === undefined ? seen.inputs : seen.withConstant
  const spanned = spectrum.filter(value => value > readoutCriteria.unseenInput * (spectrum[0] as number)).length
  const needed = first.in + (biased === undefined ? 0 : 1)
  if (spanned < needed) return { missing: `the inputs${biased === undefined ? '' : ' and a constant'} span ${spanned} of ${needed} dimensions, so some parameters are never told apart` }

  const categorical = network.description.likelihood === 'categorical'
  const { rank, gap } = run
  const outputs = categorical ? last.out - 1 : last.out
  const sizes = [first.in, ...run.maps.slice(0, -1).map(map => map.out), outputs]
  const { lambda, multiplicity } = deepLinearNetwork(sizes, rank)
  const free = last.bias === null ? 0 : outputs / 2
  const full = rank === Math.min(...sizes)
  return {
    total: { lambda: lambda + free, multiplicity, nu: null, rule: `B7 linear network ${sizes.join('→')} of rank ${rank}${free === 0 ? '' : ', free output bias'}` },
    warnings: gap === null && full ? [`no gap in the end-to-end spectrum: the rank is taken as full, ${rank}`] : gap !== null && gap < readoutCriteria.clearGap ? [`the rank ${rank} rests on a gap of only ${gap.toFixed(0)}×`] : [],
  }
}
