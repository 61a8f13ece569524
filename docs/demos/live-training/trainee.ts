import { mlp } from '@dead-directions/arch-mlp'
import { exactData, exactTensor } from '@dead-directions/autodiff'
import { matrix, singularValues } from '@dead-directions/linalg'
import { buildNetwork, forward, initialParameters, uniforms } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import type { TrainingState } from './model.ts'

/** What is seen of a training at one step. */
export interface Snapshot {
  readonly step: number
  readonly loss: number
  /** Share of right answers on the pairs trained on, and on the others. */
  readonly trained: number
  readonly heldOut: number
  /** Singular values of the first weight. */
  readonly spectrum: Float64Array
  /** Length of what the first weight makes of the direction in which inputs never vary. */
  readonly unseen: number
}

/** A training that can go on. */
export interface Trainee {
  /** Takes one step. */
  step(): void
  look(step: number): Promise<Snapshot>
  dispose(): void
}

/** Share of all pairs that is trained on. */
const share = 0.8
export const learningRates = { momentum: 0.3, adam: 0.01 } as const

/** A perceptron on pairs of one-hot numbers, which learns whether their sum reaches p, or its class modulo p. */
export function makeTrainee({ task, modulus: p, hidden, decay, optimizer: name, seed }: Omit<TrainingState, 'steps' | 'device'>): Trainee {
  const classCount = task === 'carry' ? 2 : p
  const answer = (a: number, b: number): number => (task === 'carry' ? Math.floor((a + b) / p) : (a + b) % p)
  const network = buildNetwork(
    { input: [2 * p], nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [2 * p, hidden, classCount], activation: 'relu' }, inputs: ['input'] }], output: 'body', likelihood: 'categorical' },
    createRegistry().use(mlp),
  )
  const variables = Object.fromEntries(Object.entries(initialParameters(network, seed)).map(([key, { shape, data }]) => [key, tf.tidy(() => tf.variable(exactTensor(data, shape), true, key))]))
  const pairs = Array.from({ length: p * p }, (_, i) => [Math.floor(i / p), i % p] as const)
  const chance = uniforms(seed + 1, pairs.length)
  const order = [...pairs.keys()].sort((a, b) => chance[a]! - chance[b]!)
  const count = Math.round(share * pairs.length)
  const sets = [order.slice(0, count), order.slice(count)].map(indices => tensorsOf(indices.map(i => pairs[i]!), p, classCount, answer))
  const [training, rest] = sets as [Sample, Sample]
  const optimizer = name === 'adam' ? tf.train.adam(learningRates.adam) : tf.train.momentum(learningRates.momentum, 0.9)
  const loss = (): tf.Scalar => tf.losses.softmaxCrossEntropy(training.classes, forward(network, variables, training.inputs)).asScalar()
  const shrink = exactTensor([1 - learningRates[name] * decay], [])
  const first = variables['body.fc1.weight']!
  const accuracy = async ({ inputs, classes }: Sample): Promise<number> => {
    const right = tf.tidy(() => tf.mean(tf.cast(tf.equal(tf.argMax(forward(network, variables, inputs), 1), tf.argMax(classes, 1)), 'float32')))
    const [value] = await right.data()
    right.dispose()
    return value!
  }
  return {
    step() {
      tf.tidy(() => Object.values(variables).forEach(variable => variable.assign(tf.mul(variable, shrink))))
      tf.dispose(optimizer.minimize(loss, false, Object.values(variables)) ?? [])
    },
    async look(step) {
      const value = tf.tidy(loss)
      const weight = await exactData(first)
      const [seen] = await exactData(value)
      value.dispose()
      const unseen = Array.from({ length: hidden }, (_, i) => weight.subarray(2 * p * i, 2 * p * (i + 1)).reduce((sum, w, j) => sum + (j < p ? w : -w), 0) / Math.sqrt(2 * p))
      return { step, loss: seen!, trained: await accuracy(training), heldOut: await accuracy(rest), spectrum: singularValues(matrix(hidden, 2 * p, Float64Array.from(weight))), unseen: Math.hypot(...unseen) }
    },
    dispose() {
      tf.dispose([shrink, ...Object.values(variables), ...sets.flatMap(set => Object.values(set))])
      optimizer.dispose()
    },
  }
}

interface Sample {
  readonly inputs: tf.Tensor2D
  readonly classes: tf.Tensor2D
}

function tensorsOf(pairs: readonly (readonly [number, number])[], p: number, classCount: number, answer: (a: number, b: number) => number): Sample {
  const inputs = new Float64Array(pairs.length * 2 * p)
  const classes = new Float64Array(pairs.length * classCount)
  pairs.forEach(([a, b], i) => {
    inputs[2 * p * i + a] = inputs[2 * p * i + p + b] = 1
    classes[classCount * i + answer(a, b)] = 1
  })
  return { inputs: exactTensor(inputs, [pairs.length, 2 * p]) as tf.Tensor2D, classes: exactTensor(classes, [pairs.length, classCount]) as tf.Tensor2D }
}
