import type { Observable } from '@dead-directions/readout'
import type { OptimizerName } from '@dead-directions/training'

/** One training run whose trajectory is read. */
export type RateCell = {
  readonly task: 'deep linear' | 'deep relu'
  readonly optimizer: OptimizerName
  readonly learningRate: number
  /** Share of the weights that a step takes away: learning rate times weight decay. */
  readonly shrinkage: number
  readonly steps: number
  readonly snapshotEvery: number
  readonly tolerance: number
  readonly seed: number
}

/** What was read in one layer × observable. */
export type CellReading =
  | { readonly layer: string; readonly observable: Observable; readonly kind: 'rate'; readonly rate: number; readonly standardError: number; readonly window: readonly [number, number] }
  | { readonly layer: string; readonly observable: Observable; readonly kind: 'refused'; readonly reason: string }

/** Every layer × observable of a run, how far its singular values shrank, and where training got to. */
export type RateResult = {
  readonly readings: readonly CellReading[]
  /** Last over largest value of every layer's shrinking singular value. */
  readonly shrunk: Readonly<Record<string, number>>
  readonly validationLoss: number
}
