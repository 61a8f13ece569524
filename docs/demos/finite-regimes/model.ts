import { crossovers, finiteSlope } from '@dead-directions/arch-layernorm'
import { swiglu } from '@dead-directions/arch-swiglu'
import { chainOf, measureRates } from '@dead-directions/conformance'
import { fitLeadingRate, geometricGrid } from '@dead-directions/core-geometry'
import { buildNetwork, predictRates } from '@dead-directions/network'
import { float64 } from '../shell/float64.ts'
import type { Compute, Line, Outcome } from '../shell/reading.ts'

export interface RegimeState {
  readonly regime: 'layernorm' | 'swiglu'
  readonly t: number
  readonly floor: number
  readonly leak: number
  readonly blocks: number
}

export interface RegimeOutcome extends Outcome {
  readonly t: Float64Array
  /** Second moments, and their local slopes at `slopeT`. */
  readonly moments: Float64Array
  readonly slopes: { readonly t: Float64Array; readonly slope: Float64Array }
  readonly levels: readonly number[]
  /** Moment and slope at the t chosen. */
  readonly here: { readonly moment: number; readonly slope: number }
}

export const compute: Compute<RegimeState, RegimeOutcome> = (state, pace) => (state.regime === 'layernorm' ? layerNorm(state) : swigluBlocks(state, pace))

/** The entry `c0 + c2 t² + c4 t⁴` with c4 = 1, and its slope three ways: by differences, in closed form, and where it passes 1 and 3. */
function layerNorm({ t, floor, leak }: RegimeState): RegimeOutcome {
  const entry = { c0: floor, c2: leak, c4: 1 }
  const moment = (at: number): number => entry.c0 + entry.c2 * at ** 2 + entry.c4 * at ** 4
  const difference = (at: number): number => (Math.log(moment(at * (1 + step))) - Math.log(moment(at * (1 - step)))) / (Math.log1p(step) - Math.log1p(-step))
  const grid = geometricGrid(1e-5, 1, 61)
  const { floorToLeak, leakToDirect } = crossovers(entry)
  const fit = fitLeadingRate(grid, grid.map(moment))
  const at = (name: string, where: number | null, slope: number): Line[] =>
    where === null || where < 1e-5 || where > 1 ? [] : [{ name: `slope at ${name}, t = ${where.toPrecision(3)}`, estimate: difference(where), error: 0, exact: slope, tolerance: 1e-4 }]
  return {
    t: grid,
    moments: grid.map(moment),
    slopes: { t: grid, slope: grid.map(difference) },
    levels: [0, 2, 4],
    here: { moment: moment(t), slope: difference(t) },
    lines: [
      { name: 'local slope at t', estimate: difference(t), error: 0, exact: finiteSlope(entry, t), tolerance: 1e-4 },
      ...at('floor to leak', floorToLeak, 1),
      ...at('leak to direct', leakToDirect, 3),
      fit.kind === 'rate'
        ? { name: 'rate over all t', estimate: fit.rate, error: fit.standardError, exact: 0, exactText: '0, the noise floor', tolerance: 0.05 }
        : { name: 'rate over all t', refused: fit.reason },
    ],
    notes: ['A dead G-entry below a LayerNorm is c₀ + c₂ t² + c₄ t⁴, here with c₄ = 1: floor, leak of the living channels, and the channel’s own way.'],
  }
}

const step = 1e-4

async function swigluBlocks({ t, blocks }: RegimeState, pace: (done: number, of: number) => Promise<void>): Promise<RegimeOutcome> {
  const registry = await float64()
  await pace(0, 1)
  const network = buildNetwork(chainOf(swiglu, { input: [3], inputs: 1 }, { width: 3, hidden: 3 }, blocks), registry)
  const { nodes, t: grid } = await measureRates(network)
  const predictions = predictRates(network)
  const last = nodes.at(-1)!
  const moments = last.forward.map(size => size ** 2)
  const rates = nodes.map(({ forwardFit }, i): Line => {
    const name = `moment rate behind block ${i + 1}`
    const predicted = predictions[i]!.forward
    if (forwardFit.kind === 'refused') return { name, refused: forwardFit.reason }
    const exact = predicted.kind === 'power' ? 2 * predicted.rate : null
    return { name, estimate: 2 * forwardFit.rate, error: 2 * forwardFit.standardError, exact, exactText: `2 · 3 (2^${i + 1} − 1) = ${exact}`, tolerance: 0.05 }
  })
  const slopes = last.forwardFit.localSlopes
  const nearest = grid.reduce((best, at, i) => (Math.abs(Math.log(at / t)) < Math.abs(Math.log(grid[best]! / t)) ? i : best), 0)
  const slope = slopes.reduce((best, one) => (Math.abs(Math.log(one.t / t)) < Math.abs(Math.log(best.t / t)) ? one : best), slopes[0]!)
  return {
    t: grid,
    moments,
    slopes: { t: Float64Array.from(slopes, one => one.t), slope: Float64Array.from(slopes, one => 2 * one.slope) },
    levels: [6 * (2 ** blocks - 1)],
    here: { moment: moments[nearest]!, slope: 2 * slope.slope },
    lines: rates,
    notes: ['The dead output of one block is t³ x² σ(t x): the gate halves it, and the next block cubes what it gets and squares t once more.', 'Measured on a grid from 10⁻⁶ to 10⁻¹; the point marked is the nearest of it.'],
  }
}
