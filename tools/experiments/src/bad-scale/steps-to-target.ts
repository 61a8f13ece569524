import { exactTensor } from '@dead-directions/autodiff'
import type { ParameterValues } from '@dead-directions/network'
import * as tf from '@tensorflow/tfjs'

/** What is trained, and until when. */
export interface TargetRun {
  readonly parameters: ParameterValues
  loss(parameters: Readonly<Record<string, tf.Tensor>>): tf.Scalar
  readonly target: number
  readonly mostSteps: number
}

/**
 * Number of full-batch steps after which the loss is at most the target, or `null` when it is not within `mostSteps` or the run
 * diverges. The optimizer is disposed of.
 */
export function stepsToTarget(optimizer: tf.Optimizer, { parameters, loss, target, mostSteps }: TargetRun): number | null {
  const variables = Object.fromEntries(Object.entries(parameters).map(([name, { data, shape }]) => [name, tf.tidy(() => tf.variable(exactTensor(data, shape as number[]), true, name))]))
  try {
    for (let step = 0; step <= mostSteps; step++) {
      const { value, grads } = tf.variableGrads(() => loss(variables), Object.values(variables))
      const [now] = value.dataSync()
      if ((now as number) > target && Number.isFinite(now)) optimizer.applyGradients(grads)
      tf.dispose([value, ...Object.values(grads)])
      if (!Number.isFinite(now)) return null
      if ((now as number) <= target) return step
    }
    return null
  } finally {
    optimizer.dispose()
    tf.dispose(variables)
  }
}
