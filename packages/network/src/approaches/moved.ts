import type { Approach, TensorData } from '@dead-directions/registry'
import type { ParameterValues } from '../parameters.ts'

/** The two ends of a straight approach: the parameters that move where they vanish, and their change up to the checkpoint. */
export function ends(parameters: ParameterValues, origin: Readonly<Record<string, Float64Array>>): Pick<Approach, 'origin' | 'tangent'> {
  const entries = Object.entries(origin).map(([name, data]) => {
    const { shape, data: values } = parameters[name] as TensorData
    return { name, shape, data, change: values.map((value, i) => value - (data[i] as number)) }
  })
  return {
    origin: Object.fromEntries(entries.map(({ name, shape, data }) => [name, { shape, data }])),
    tangent: Object.fromEntries(entries.map(({ name, shape, change }) => [name, { shape, data: change }])),
  }
}

/**
 * The parameters at `τ` along an approach: the singular point at 0, the checkpoint at 1.
 *
 * @returns all parameters; those that do not move are shared with `parameters`
 */
export function along(parameters: ParameterValues, approach: Approach, tau: number): ParameterValues {
  const moved = Object.entries(approach.origin).map(([name, { shape, data }]): [string, TensorData] => {
    const tangent = (approach.tangent[name] as TensorData).data
    return [name, { shape, data: data.map((value, i) => value + tau * (tangent[i] as number)) }]
  })
  return { ...parameters, ...Object.fromEntries(moved) }
}
