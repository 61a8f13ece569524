import type { LayerData } from '@dead-directions/kfac'
import { type Matrix, singularValues } from '@dead-directions/linalg'
import type { Mode } from './trajectory-modes.ts'

/**
 * What is read at a layer: `⟨v, A v⟩` and `⟨u, G u⟩` of its Kronecker factors, the Fisher form along the dyad `u vᵀ` of its
 * weight, and the smallest singular values of its two data matrices.
 */
export type Observable = 'activation factor' | 'gradient factor' | 'Fisher form' | 'activation σ_min' | 'gradient σ_min'

/** The names of {@link Observable}. */
export const observables: readonly Observable[] = ['activation factor', 'gradient factor', 'Fisher form', 'activation σ_min', 'gradient σ_min']

/** A number with its precision floor. */
export interface Observed {
  readonly value: number
  readonly floor: number
}

/** Roundings that a sum of a few hundred terms gathers. */
const ROUNDINGS = 8

/** Every observable of a layer along its shrinking mode. Source: arXiv 2606.05957, rows C1, C2 and C9. */
export function observe(data: LayerData, mode: Mode, epsilon: number): Readonly<Record<Observable, Observed>> {
  const { activations, gradients } = data
  const forward = projected(activations, mode.input)
  const backward = projected(gradients, mode.output)
  return {
    'activation factor': squared(forward, epsilon),
    'gradient factor': squared(backward, epsilon),
    'Fisher form': fisher(data, forward, backward, epsilon),
    'activation σ_min': smallest(activations, epsilon),
    'gradient σ_min': smallest(gradients, epsilon),
  }
}

/** A data matrix's rows along a direction, and the same with absolute values, which bounds what cancelled. */
interface Projection {
  readonly values: Float64Array
  readonly absolute: Float64Array
}

/** @param direction over the features; a bias's constant behind them is left out */
function projected({ rows, cols, data }: Matrix, direction: Float64Array): Projection {
  const values = new Float64Array(rows)
  const absolute = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    direction.forEach((weight, j) => {
      const term = (data[i * cols + j] as number) * weight
      values[i]! += term
      absolute[i]! += Math.abs(term)
    })
  }
  return { values, absolute }
}

function squared({ values, absolute }: Projection, epsilon: number): Observed {
  const sum = (numbers: Float64Array): number => numbers.reduce((total, x) => total + x * x, 0)
  return { value: sum(values), floor: (ROUNDINGS * epsilon) ** 2 * sum(absolute) }
}

/** Mean square of the score `Σ_positions (u·g)(v·a)`. */
function fisher({ layer, activations, gradients }: LayerData, forward: Projection, backward: Projection, epsilon: number): Observed {
  const positions = layer.positions.reduce((product, n) => product * n, 1)
  let [value, floor] = [0, 0]
  for (let sample = 0; sample < gradients.rows / positions; sample++) {
    let [score, size] = [0, 0]
    for (let position = 0; position < positions; position++) {
      const row = sample * positions + position
      const seen = row % activations.rows
      score += (backward.values[row] as number) * (forward.values[seen] as number)
      size += (backward.absolute[row] as number) * (forward.absolute[seen] as number)
    }
    value += score * score
    floor += size * size
  }
  // Activations carry the root of their rows.
  return { value: value * activations.rows, floor: (ROUNDINGS * epsilon) ** 2 * floor * activations.rows }
}

function smallest(data: Matrix, epsilon: number): Observed {
  const values = singularValues(data)
  return { value: data.rows < data.cols ? 0 : (values.at(-1) as number), floor: ROUNDINGS * epsilon * (values[0] as number) }
}
