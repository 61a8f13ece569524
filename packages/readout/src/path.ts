import { norm } from '@dead-directions/linalg'
import { parameterTensors, type ParameterValues } from '@dead-directions/network'
import type { Approach, TensorData } from '@dead-directions/registry'
import type * as tf from '@tensorflow/tfjs'

/** A straight approach with what all its points share. */
export interface Path {
  readonly approach: Approach
  /** In parameter space, so that `t = τ · length` is the distance from the singular point. */
  readonly length: number
  /** The tangent of unit length, by parameter. */
  readonly unit: ParameterValues
  /** All parameters at `τ`; the caller disposes of them. */
  tensorsAt(tau: number): Record<string, tf.Tensor>
}

/** The path from the singular point of an approach to the checkpoint. */
export function pathOf(parameters: ParameterValues, approach: Approach): Path {
  const length = pathLength(approach)
  const moving = Object.entries(approach.origin).map(([name, { shape, data }]) => {
    const tangent = (approach.tangent[name] as TensorData).data
    return { name, shape, origin: data, tangent, at: new Float64Array(data.length) }
  })
  // The same arrays at every point, since the tensors are copies.
  const point = { ...parameters, ...Object.fromEntries(moving.map(({ name, shape, at }) => [name, { shape, data: at }])) }
  return {
    approach,
    length,
    unit: Object.fromEntries(Object.entries(approach.tangent).map(([name, { shape, data }]) => [name, { shape, data: data.map(change => change / length) }])),
    tensorsAt(tau) {
      for (const { origin, tangent, at } of moving) for (let i = 0; i < at.length; i++) at[i] = (origin[i] as number) + tau * (tangent[i] as number)
      return parameterTensors(point)
    },
  }
}

/** Length of an approach in parameter space. */
export function pathLength(approach: Approach): number {
  return Math.hypot(...Object.values(approach.tangent).map(({ data }) => norm(data)))
}
