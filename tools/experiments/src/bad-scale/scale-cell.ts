import type { OptimizerName } from '@dead-directions/training'

/** One optimizer from one start, with every learning rate. */
export type ScaleCell = {
  readonly optimizer: OptimizerName
  readonly c: number
  readonly learningRates: readonly number[]
  readonly target: number
  readonly mostSteps: number
  readonly seed: number
}

/** Steps to the target with each learning rate; `null` where it was not reached. */
export type ScaleResult = { readonly steps: readonly (number | null)[] }
