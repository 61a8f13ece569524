import { attention } from '@dead-directions/arch-attention'
import { chainOf, measureRates, type MeasuredNode } from '@dead-directions/conformance'
import { buildNetwork } from '@dead-directions/network'
import { float64 } from '../shell/float64.ts'
import type { Compute, Line, Outcome } from '../shell/reading.ts'

export interface RoutesState {
  readonly blocks: number
  readonly width: number
}

export interface RoutesOutcome extends Outcome {
  /** Blocks below each block of the chain, with the measured and the predicted gradient rate there. */
  readonly below: readonly number[]
  readonly measured: readonly number[]
  readonly values: readonly number[]
  readonly scores: readonly number[]
}

export const compute: Compute<RoutesState, RoutesOutcome> = async ({ blocks, width }, pace) => {
  const registry = await float64()
  const network = buildNetwork(chainOf(attention, { input: [3, width], inputs: 1 }, { width }, blocks), registry)
  await pace(0, 1)
  const { nodes } = await measureRates(network)
  const below = nodes.map((_, p) => p)
  const values = below.map(p => 4 * (blocks - 1 - p))
  const scores = below.map(p => 4 * p + 8)
  return {
    below,
    values,
    scores,
    measured: nodes.map(({ backwardFit }) => (backwardFit.kind === 'rate' ? 2 * backwardFit.rate : NaN)),
    lines: nodes.map((node, p) => line(node, p, blocks - 1 - p)),
    notes: ['Measured on the canonical approach from t = 10⁻⁶ to 10⁻¹ in float64, output gradients drawn from the model.'],
  }
}

function line({ backwardFit }: MeasuredNode, p: number, k: number): Line {
  const name = `gradient rate at block ${p + 1}`
  if (backwardFit.kind === 'refused') return { name, refused: backwardFit.reason }
  const [values, scores] = [4 * k, 4 * p + 8]
  const exact = Math.min(values, scores)
  const route = values === scores ? 'both routes' : values < scores ? 'values and outputs' : 'scores'
  return { name, estimate: 2 * backwardFit.rate, error: 2 * backwardFit.standardError, exact, exactText: `min(4·${k}, 4·${p} + 8) = ${exact}: ${route}`, tolerance: 0.05 }
}
