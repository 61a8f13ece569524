import type { TensorData } from '@dead-directions/registry'
import type { SwigluSpec } from './spec.ts'

/** The last channel that has a hidden unit of its own. */
export function deadChannel(spec: SwigluSpec): number {
  return Math.min(spec.width, spec.hidden) - 1
}

/**
 * Gate, up and down map all `diag(1, …, 1, t)`.
 * Source: arXiv 2606.05957, row C8.
 */
export function canonicalApproach(spec: SwigluSpec, t: number): Record<string, TensorData> {
  const dead = deadChannel(spec)
  const diagonal = (rows: number, columns: number): TensorData => {
    const data = new Float64Array(rows * columns)
    for (let i = 0; i <= dead; i++) data[i * columns + i] = i === dead ? t : 1
    return { shape: [rows, columns], data }
  }
  return {
    'gate.weight': diagonal(spec.hidden, spec.width),
    'up.weight': diagonal(spec.hidden, spec.width),
    'down.weight': diagonal(spec.width, spec.hidden),
  }
}
