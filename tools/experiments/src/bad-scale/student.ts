import { exactTensor } from '@dead-directions/autodiff'
import { presetRegistry } from '@dead-directions/dead-directions'
import { buildNetwork, forward, initialParameters, type Network, type ParameterValues, standardNormals } from '@dead-directions/network'
import { findGauges, type Gauge } from '@dead-directions/quotient'
import type { TensorData } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'

/** A relu student that learns a smaller relu teacher. */
export interface Student {
  readonly gauges: readonly Gauge[]
  /** As drawn, both sides of every unit of like size. */
  readonly parameters: ParameterValues
  /** Mean squared error over the mean square of the targets. */
  loss(parameters: Readonly<Record<string, tf.Tensor>>): tf.Scalar
  /** Tensors that the caller disposes of. */
  readonly held: readonly tf.Tensor[]
}

const samples = 64
const inputs = 4

function perceptron(hidden: number): Network {
  const nodes = [{ name: 'body', primitive: 'mlp', spec: { widths: [inputs, hidden, 2], activation: 'relu', bias: true }, inputs: ['input'] }]
  return buildNetwork({ input: [inputs], nodes, output: 'body', likelihood: 'gaussian' }, presetRegistry())
}

/** The student of a seed: its data, its teacher and its start. */
export function student(seed: number): Student {
  const network = perceptron(12)
  const teacher = perceptron(3)
  const x = exactTensor(standardNormals(1000 * seed + 1, samples * inputs), [samples, inputs])
  const targets = tf.tidy(() => {
    const truth = Object.fromEntries(Object.entries(initialParameters(teacher, 1000 * seed + 2, 2)).map(([name, { data, shape }]) => [name, exactTensor(data, shape as number[])]))
    return forward(teacher, truth, x)
  })
  const scale = tf.tidy(() => tf.mean(tf.square(targets)))
  return {
    gauges: findGauges(network),
    parameters: initialParameters(network, 1000 * seed + 3),
    loss: parameters => tf.div(tf.mean(tf.squaredDifference(forward(network, parameters, x), targets)), scale),
    held: [x, targets, scale],
  }
}

/** The same function, the forward side of every rescaling times `c` and its dual side over it. */
export function unbalanced({ gauges, parameters }: Pick<Student, 'gauges' | 'parameters'>, c: number): ParameterValues {
  const moved: Record<string, TensorData> = { ...parameters }
  for (const { slots } of gauges.filter(({ kind }) => kind === 'rescaling')) {
    for (const { parameter, side } of slots) {
      const value = moved[parameter] as TensorData
      moved[parameter] = { ...value, data: value.data.map(x => (side === 'forward' ? x * c : x / c)) }
    }
  }
  return moved
}
