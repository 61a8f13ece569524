import type { OptimizerName, OptimizerSettings } from '@dead-directions/training'
import type { ProblemName } from './problems.ts'

/** One optimizer on one gauge of one network. */
export type DriftCell = {
  readonly problem: ProblemName
  readonly gauge: string
  readonly kind: string
  readonly optimizer: OptimizerName
  readonly linearGauges: OptimizerSettings['linearGauges']
  readonly precision: 'float64' | 'float32'
  readonly learningRate: number
  readonly weightDecay: number
  readonly steps: number
  readonly elements: number
  readonly seed: number
}
