import { exactTensor } from '@dead-directions/autodiff'
import * as tf from '@tensorflow/tfjs'
import { expect, test, vi } from 'vitest'
import { read64, law } from '../test/law.ts'
import { nodeBackend, nodeBackendName } from './node-backend.ts'

test('nothing is registered before it is installed, nothing is printed when it is, and again is harmless', async () => {
  const printed = ['log', 'warn', 'error', 'info'].map(way => vi.spyOn(console, way as 'log'))
  expect(tf.getKernelsForBackend(nodeBackendName)).toEqual([])
  await nodeBackend.install()
  const count = tf.getKernelsForBackend(nodeBackendName).length
  const backend = tf.backend()
  await nodeBackend.install()
  expect(tf.getBackend()).toBe(nodeBackendName)
  expect(tf.backend()).toBe(backend)
  expect(tf.getKernelsForBackend(nodeBackendName).length).toBe(count)
  expect(tf.backend().epsilon()).toBe(nodeBackend.epsilon)
  for (const way of printed) expect(way).not.toHaveBeenCalled()
})

law('the gradient of x⁴ at 1e-60 is 4e-180', () => {
  const x = exactTensor([1e-60], [1])
  const [slope] = read64(tf.grad((x: tf.Tensor) => tf.square(tf.square(x)))(x))
  expect(Math.abs(slope! / 4e-180 - 1)).toBeLessThan(1e-14)
})

/** Weights of a two-layer network after some steps of Adam on a fixed task. */
function trained(): Float64Array[] {
  const inputs = exactTensor(Float64Array.from({ length: 60 }, (_, i) => Math.sin(i)), [20, 3])
  const targets = tf.sin(tf.sum(inputs, 1, true))
  const weights = [
    tf.variable(tf.randomNormal([3, 8], 0, 0.5, 'float32', 1)),
    tf.variable(tf.randomNormal([8, 1], 0, 0.5, 'float32', 2)),
  ] as [tf.Variable, tf.Variable]
  const loss = (): tf.Scalar => tf.losses.meanSquaredError(targets, tf.matMul(tf.tanh(tf.matMul(inputs, weights[0])), weights[1]))
  const optimizer = tf.train.adam(0.05)
  const before = read64(loss())[0]!
  for (let step = 0; step < 100; step++) optimizer.minimize(loss)
  expect(read64(loss())[0]!).toBeLessThan(before / 5)
  const values = weights.map(read64)
  optimizer.dispose()
  tf.dispose([inputs, targets, ...weights])
  return values
}

law('training twice from one seed gives the same bits', () => {
  expect(trained()).toEqual(trained())
})

law('a layers model trains on it', async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 8, activation: 'tanh', inputShape: [2], kernelInitializer: tf.initializers.glorotNormal({ seed: 1 }) }),
      tf.layers.layerNormalization(),
      tf.layers.dense({ units: 2, activation: 'softmax', kernelInitializer: tf.initializers.glorotNormal({ seed: 2 }) }),
    ],
  })
  model.compile({ optimizer: tf.train.adam(0.05), loss: 'categoricalCrossentropy' })
  const [x, y] = [tf.tensor2d([[0, 0], [0, 1], [1, 0], [1, 1]]), tf.tensor2d([[1, 0], [0, 1], [0, 1], [1, 0]])]
  const { history } = await model.fit(x, y, { epochs: 60, shuffle: false, verbose: 0 })
  expect(history.loss!.at(-1)).toBeLessThan((history.loss![0] as number) / 4)
  model.dispose()
  model.optimizer.dispose()
})
