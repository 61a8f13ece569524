import { standardNormals } from '@dead-directions/network'
import type { Evaluation, Landscape } from '../src/index.ts'

/** Logistic regression of coin-flip labels on normal inputs around the minimum of its loss: a regular, well-specified model. */
export function logistic(observations: number, size: number, seed: number): Required<Landscape> {
  const inputs = standardNormals(seed, observations * size)
  const labels = standardNormals(seed + 1, observations).map(Math.sign)
  const everyone = Int32Array.from({ length: observations }, (_, i) => i)
  const margin = (w: Float64Array, i: number): number => {
    let sum = 0
    for (let j = 0; j < size; j++) sum += w[j]! * inputs[i * size + j]!
    return sum * labels[i]!
  }
  const evaluate = (w: Float64Array, batch: Int32Array | null): Evaluation => {
    const rows = batch ?? everyone
    const gradient = new Float64Array(size)
    let loss = 0
    for (const i of rows) {
      const z = margin(w, i)
      loss += Math.log1p(Math.exp(-z)) / rows.length
      for (let j = 0; j < size; j++) gradient[j]! -= (labels[i]! * inputs[i * size + j]!) / (1 + Math.exp(z)) / rows.length
    }
    return { loss, gradient }
  }
  let centre: Float64Array = new Float64Array(size)
  for (let step = 0; step < 60; step++) {
    const { gradient } = evaluate(centre, null)
    centre = centre.map((value, j) => value - 3 * gradient[j]!)
  }
  return { centre, observations, evaluate, losses: w => Float64Array.from(everyone, i => Math.log1p(Math.exp(-margin(w, i)))) }
}
