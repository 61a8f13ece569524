import type { OptimizerName } from '@dead-directions/training'
import type { CurvePoint } from '../curve.ts'

/** One run on addition modulo a number. */
export type GrokCell = {
  readonly modulus: number
  readonly trainFraction: number
  readonly width: number
  readonly heads: number
  readonly optimizer: OptimizerName
  readonly learningRate: number
  readonly weightDecay: number
  /** Share of the validation sample that has to be right. */
  readonly accuracy: number
  readonly mostSteps: number
  readonly readEvery: number
  readonly seed: number
}

/** The first readings with the training sample and the validation sample right; `null` where there was none. */
export type GrokResult = { readonly learnt: number | null; readonly grokked: number | null; readonly curve: readonly CurvePoint[] }
