import { exactData, exactTensor } from '@dead-directions/autodiff'
import { norm } from '@dead-directions/linalg'
import type { ParameterValues } from '@dead-directions/network'
import type { TensorData } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import type { Gauge } from './gauge.ts'

/** What {@link checkEquivariance} runs. */
export interface EquivarianceStudy {
  /** What moves the parameters; of several gauges, one random element of each. */
  readonly gauge: Gauge | readonly Gauge[]
  readonly parameters: ParameterValues
  /** The loss of parameters by full name, the same along every orbit. */
  loss(parameters: Readonly<Record<string, tf.Tensor>>): tf.Scalar
  /** Number of steps; 100 by default. */
  readonly steps?: number
  /** Number of random group elements; 50 by default. */
  readonly elements?: number
  /** Seed of the first element, the next ones following; 1 by default. */
  readonly seed?: number
}

/**
 * The worst deviation of an optimiser from equivariance: trained from moved parameters, how far it ends from the moved end of
 * its training, over random group elements. Source: arXiv 2606.05957, row D3.
 *
 * @param makeOptimizer a fresh optimiser for every run, which is disposed of after it
 * @returns the largest Euclidean distance of any parameter over its norm; at rounding for an equivariant optimiser
 * @example
 * import { nodeBackend } from '@dead-directions/backend-node'
 * import { checkEquivariance, gaugeOf } from '@dead-directions/quotient'
 * import * as tf from '@tensorflow/tfjs'
 *
 * await nodeBackend.install()
 * const slots = [
 *   { parameter: 'a', axis: 0, offset: 0, side: 'forward' },
 *   { parameter: 'b', axis: 0, offset: 0, side: 'dual' },
 * ] as const
 * const gauge = gaugeOf({ kind: 'rescaling', label: 'a product', units: 1, slots })
 * const one = { shape: [1], data: Float64Array.of(1) }
 * const loss = ({ a, b }: Record<string, tf.Tensor>) => tf.sum(tf.squaredDifference(tf.mul(a!, b!), 3)).asScalar()
 * const worst = await checkEquivariance(() => tf.train.adam(0.01), { gauge, parameters: { a: one, b: one }, loss, steps: 10, elements: 5 })
 * worst > 0.01 // true: Adam's path depends on the representative
 */
export async function checkEquivariance(makeOptimizer: () => tf.Optimizer, study: EquivarianceStudy): Promise<number> {
  const { gauge, parameters, steps = 100, elements = 50, seed = 1 } = study
  const end = await trained(makeOptimizer(), parameters, study, steps)
  let worst = 0
  for (let i = 0; i < elements; i++) {
    const move = randomMove([gauge].flat(), seed + i)
    const expected = move(end)
    const found = await trained(makeOptimizer(), move(parameters), study, steps)
    for (const name of Object.keys(parameters)) worst = Math.max(worst, deviation(found[name] as TensorData, expected[name] as TensorData))
  }
  return worst
}

function randomMove(gauges: readonly Gauge[], seed: number): (parameters: ParameterValues) => ParameterValues {
  const elements = gauges.map((gauge, i) => ({ gauge, element: gauge.randomElement(seed + 1000 * i) }))
  return parameters => elements.reduce((moved, { gauge, element }) => gauge.act(element, moved), parameters)
}

async function trained(optimizer: tf.Optimizer, from: ParameterValues, { loss }: EquivarianceStudy, steps: number): Promise<ParameterValues> {
  const variables = Object.fromEntries(
    Object.entries(from).map(([name, { data, shape }]) => [name, tf.tidy(() => tf.variable(exactTensor(data, shape), true, name))]),
  )
  try {
    for (let step = 0; step < steps; step++) optimizer.minimize(() => loss(variables), false, Object.values(variables))
    const ends = Object.entries(variables).map(async ([name, value]): Promise<[string, TensorData]> => [name, { shape: value.shape, data: await exactData(value) }])
    return Object.fromEntries(await Promise.all(ends))
  } finally {
    optimizer.dispose()
    tf.dispose(variables)
  }
}

function deviation(found: TensorData, expected: TensorData): number {
  const difference = found.data.map((x, i) => x - (expected.data[i] as number))
  return norm(difference) / (norm(expected.data) || 1)
}
