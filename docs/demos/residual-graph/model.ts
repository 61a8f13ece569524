import { measureRates } from '@dead-directions/conformance'
import { buildNetwork, predictRates } from '@dead-directions/network'
import { float64 } from '../shell/float64.ts'
import type { Compute, Line, Outcome } from '../shell/reading.ts'
import { chainWithSkips, parseSkips, shortestPath, type Skip } from './graph.ts'

export interface GraphState {
  readonly layers: number
  readonly from: number
  readonly skips: string
}

export interface GraphOutcome extends Outcome {
  readonly skips: readonly Skip[]
  /** Amplitude rate at the output of every layer, the input's left out as `NaN`. */
  readonly rates: readonly number[]
  readonly path: readonly Skip[]
}

export const compute: Compute<GraphState, GraphOutcome> = async ({ layers, from, skips: text }, pace) => {
  const skips = parseSkips(text, layers)
  const network = buildNetwork(chainWithSkips(layers, skips, 4), await float64())
  await pace(0, 1)
  const { nodes } = await measureRates(network)
  const predictions = predictRates(network)
  const rates = [NaN]
  const lines = Array.from({ length: layers }, (_, i): Line => {
    const name = `layer${i + 1}`
    const predicted = predictions.find(({ node }) => node === name)!.backward
    const { backwardFit } = nodes.find(({ node }) => node === name)!
    rates.push(predicted.kind === 'power' ? predicted.rate : NaN)
    if (backwardFit.kind === 'refused') return { name: `gradient rate at layer ${i + 1}`, refused: backwardFit.reason }
    const exact = predicted.kind === 'power' ? 2 * predicted.rate : null
    return {
      name: `gradient rate at layer ${i + 1}`,
      estimate: 2 * backwardFit.rate,
      error: 2 * backwardFit.standardError,
      exact,
      ...(exact === null ? {} : { exactText: `2 · shortest path ${exact / 2} = ${exact}` }),
      tolerance: 0.05,
    }
  })
  return { skips, rates, path: shortestPath(rates, skips, Math.min(from, layers)), lines, notes: ['Exact rates follow from the rules alone; estimates are measured in float64 on the network drawn.'] }
}
