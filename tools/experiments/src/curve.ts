import { presetRegistry } from '@dead-directions/dead-directions'
import { nodeBackend } from '@dead-directions/backend-node'
import { type OptimizerName, type Task, train, type TrainingStep } from '@dead-directions/training'

/** Where a training run was at one of its readings: losses in nats per sample. */
export type CurvePoint = {
  readonly step: number
  readonly trainLoss: number
  readonly trainAccuracy: number | null
  readonly validationLoss: number
  readonly validationAccuracy: number | null
}

/** A training run whose curve is wanted. */
export interface CurveRun {
  readonly task: Task
  readonly optimizer: { readonly name: OptimizerName; readonly learningRate: number; readonly weightDecay: number }
  readonly seed: number
  readonly steps: number
  readonly readEvery: number
  /** Called at every reading; the run ends where it gives true. */
  onPoint?(point: CurvePoint, step: TrainingStep): boolean | Promise<boolean>
}

/** The curve of a training run on the float64 backend. */
export async function trainingCurve({ task, optimizer, seed, steps, readEvery, onPoint }: CurveRun): Promise<readonly CurvePoint[]> {
  await nodeBackend.install()
  const curve: CurvePoint[] = []
  for await (const record of train({ task, registry: presetRegistry(), optimizer, seed, steps, validateEvery: readEvery })) {
    const { step, trainLoss, trainAccuracy, validationLoss, validationAccuracy } = record
    if (validationLoss === null) continue
    const point = { step, trainLoss, trainAccuracy, validationLoss, validationAccuracy }
    curve.push(point)
    if (await onPoint?.(point, record)) break
  }
  return curve
}

/** The first reading at which an accuracy is reached, or `null`. */
export function firstStep(curve: readonly CurvePoint[], accuracy: 'trainAccuracy' | 'validationAccuracy', least: number): number | null {
  return curve.find(point => (point[accuracy] ?? 0) >= least)?.step ?? null
}
