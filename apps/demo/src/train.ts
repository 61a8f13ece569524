import { exactTensor, exactData, forward, type Matrix, type Network, type ParameterValues, type TensorData } from '@dead-directions/dead-directions'
import * as tf from '@tensorflow/tfjs'

/** How a network is trained: gradient descent with momentum on the mean squared error. */
export interface Training {
  readonly steps: number
  readonly learningRate: number
  readonly momentum: number
  /** Samples per step; all of them when it is at least their number. */
  readonly batch: number
}

/** Parameters after training and the mean squared error they reach on all samples. */
export interface Trained {
  readonly parameters: ParameterValues
  readonly loss: number
}

/**
 * Trains a network by stochastic gradient descent.
 *
 * @param inputs `[samples, in]`
 * @param targets `[samples, out]`
 * @param onProgress called now and then with the steps done and the loss
 */
export async function train(
  network: Network,
  initial: ParameterValues,
  inputs: Matrix,
  targets: Matrix,
  training: Training,
  onProgress: (done: number, loss: number) => void,
): Promise<Trained> {
  const x = exactTensor(inputs.data, [inputs.rows, inputs.cols])
  const y = exactTensor(targets.data, [targets.rows, targets.cols])
  const variables = Object.fromEntries(Object.entries(initial).map(([name, { data, shape }]) => [name, tf.tidy(() => tf.variable(exactTensor(Float64Array.from(data), [...shape]), true, `${name}#${tf.memory().numTensors}`))]))
  const optimizer = tf.train.momentum(training.learningRate, training.momentum)
  const loss = (from: number, count: number): tf.Scalar =>
    tf.tidy(() => tf.mean(tf.squaredDifference(forward(network, variables, tf.slice(x, [from, 0], [count, -1])), tf.slice(y, [from, 0], [count, -1]))))
  const batch = Math.min(training.batch, inputs.rows)
  const whole = async (): Promise<number> => {
    const tensor = loss(0, inputs.rows)
    const [value] = await exactData(tensor)
    tensor.dispose()
    return value as number
  }
  for (let step = 0; step < training.steps; step++) {
    const from = (step * batch) % (inputs.rows - batch + 1)
    optimizer.minimize(() => loss(from, batch), false, Object.values(variables))
    if (step % 200 === 0) onProgress(step, await whole())
  }
  const parameters: Record<string, TensorData> = {}
  for (const [name, variable] of Object.entries(variables)) parameters[name] = { shape: [...variable.shape], data: Float64Array.from(await exactData(variable)) }
  const reached = await whole()
  onProgress(training.steps, reached)
  optimizer.dispose()
  // The momentum optimizer forgets the tensor of the one it extends.
  tf.SGDOptimizer.prototype.dispose.call(optimizer)
  tf.dispose([x, y, ...Object.values(variables)])
  return { parameters, loss: reached }
}
