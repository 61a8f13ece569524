import { exactData, exactTensor } from '@dead-directions/autodiff'
import { forward, type Network, type ParameterValues } from '@dead-directions/network'
import * as tf from '@tensorflow/tfjs'

/** Parameters and loss after every step of a training. */
export interface Path {
  readonly points: readonly ParameterValues[]
  readonly losses: readonly number[]
}

/** Full-batch training of a network on the mean square of its errors. */
export async function trainedPath(network: Network, start: ParameterValues, data: { readonly inputs: tf.Tensor; readonly targets: tf.Tensor }, optimizer: tf.Optimizer, steps: number, pace: (step: number) => Promise<void>): Promise<Path> {
  const variables = Object.fromEntries(Object.entries(start).map(([name, { shape, data: values }]) => [name, tf.tidy(() => tf.variable(exactTensor(values, shape), true, name))]))
  const loss = (): tf.Scalar => tf.mean(tf.squaredDifference(forward(network, variables, data.inputs), data.targets)).asScalar()
  const points: ParameterValues[] = []
  const losses: number[] = []
  try {
    for (let step = 0; step <= steps; step++) {
      points.push(await valuesOf(variables))
      const value = optimizer.minimize(loss, true, Object.values(variables))!
      losses.push((await exactData(value))[0]!)
      value.dispose()
      await pace(step)
    }
  } finally {
    tf.dispose(variables)
    optimizer.dispose()
  }
  return { points, losses }
}

async function valuesOf(variables: Readonly<Record<string, tf.Variable>>): Promise<ParameterValues> {
  const entries = await Promise.all(Object.entries(variables).map(async ([name, variable]) => [name, { shape: variable.shape, data: Float64Array.from(await exactData(variable)) }] as const))
  return Object.fromEntries(entries)
}

/** Largest distance of a parameter from another set of values, relative to the length of those. */
export function deviation(found: ParameterValues, expected: ParameterValues): number {
  return Math.max(
    ...Object.entries(expected).map(([name, { data }]) => {
      const distance = Math.hypot(...data.map((value, i) => value - found[name]!.data[i]!))
      return distance / Math.max(Math.hypot(...data), Number.MIN_VALUE)
    }),
  )
}
