import type { OptimizerName } from '@dead-directions/training'
import type { CurvePoint } from '../curve.ts'
import type { OverTrainingTask } from './tasks.ts'

/** One long run on little data. */
export type GapCell = {
  readonly task: OverTrainingTask
  readonly optimizer: OptimizerName
  readonly learningRate: number
  readonly weightDecay: number
  readonly steps: number
  readonly readEvery: number
  readonly seed: number
}

/** Losses along the run. */
export type GapResult = { readonly curve: readonly CurvePoint[] }
