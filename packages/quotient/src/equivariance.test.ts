import { nodeBackend } from '@dead-directions/backend-node'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { checkEquivariance } from './equivariance.ts'
import { gaugeOf } from './gauge.ts'

beforeAll(() => nodeBackend.install())

const scalar = (value: number): { shape: readonly number[]; data: Float64Array } => ({ shape: [1], data: Float64Array.of(value) })
const study = {
  gauge: gaugeOf({
    kind: 'rescaling',
    label: 'product',
    units: 1,
    slots: [
      { parameter: 'a', axis: 0, offset: 0, side: 'forward' },
      { parameter: 'b', axis: 0, offset: 0, side: 'dual' },
    ],
  }),
  parameters: { a: scalar(1), b: scalar(0.5) },
  loss: ({ a, b }: Readonly<Record<string, tf.Tensor>>) => tf.sum(tf.squaredDifference(tf.mul(a as tf.Tensor, b as tf.Tensor), 2)).asScalar(),
  steps: 20,
  elements: 5,
}

/** Gradient descent in the log metric, where the gauge is a translation. */
class LogDescent extends tf.Optimizer {
  static get className(): string {
    return 'LogDescent'
  }
  override applyGradients(gradients: Parameters<tf.Optimizer['applyGradients']>[0]): void {
    if (!Array.isArray(gradients)) return
    for (const { name, tensor: gradient } of gradients) {
      const value = tf.engine().registeredVariables[name] as tf.Variable
      tf.tidy(() => value.assign(tf.mul(value, tf.exp(tf.mul(tf.mul(gradient, value), -0.01)))))
    }
  }
  override getConfig(): tf.serialization.ConfigDict {
    return {}
  }
}

test('descent in the log metric is equivariant; Euclidean descent and Adam are not', async () => {
  const before = tf.memory().numTensors
  expect(await checkEquivariance(() => new LogDescent(), study)).toBeLessThan(1e-14)
  expect(await checkEquivariance(() => tf.train.sgd(0.01), study)).toBeGreaterThan(0.1)
  expect(await checkEquivariance(() => tf.train.adam(0.01), study)).toBeGreaterThan(0.1)
  expect(tf.memory().numTensors).toBe(before)
})
