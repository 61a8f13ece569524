import { exactTensor } from '@dead-directions/autodiff'
import * as tf from '@tensorflow/tfjs'
import { expect } from 'vitest'
import { read64, expectClose, installed, law, samples } from '../../test/law.ts'

installed()

law('softmax is right to 1e-15 far below the greatest logit and at any height', () => {
  const [p, q] = [1 / (1 + Math.exp(-200)), Math.exp(-200) / (1 + Math.exp(-200))]
  for (const height of [0, 1e6]) {
    const [a, b] = read64(tf.softmax(exactTensor([height, height - 200], [2]))) as unknown as [number, number]
    expect([Math.abs(a / p - 1) < 1e-15, Math.abs(b / q - 1) < 1e-15]).toEqual([true, true])
  }
})

law('the logarithm of softmax keeps logits whose softmax is no longer a number above zero', () => {
  const logits = exactTensor([0, -30, -1000], [3])
  const rest = Math.log1p(Math.exp(-30))
  for (const y of [tf.logSoftmax(logits), tf.engine().runKernel('LogSoftmax', { logits }) as tf.Tensor]) {
    expectClose(y, [-rest, -30 - rest, -1000 - rest], 1e-18)
  }
})

law('softmax of one number is 1, of an empty row nothing, of whole numbers a float, and a NaN stays in its own row', () => {
  expect([...read64(tf.softmax(tf.scalar(3)))]).toEqual([1])
  expect(tf.softmax(tf.zeros([2, 0])).shape).toEqual([2, 0])
  const whole = tf.engine().runKernel('Softmax', { logits: tf.tensor1d([1, 1], 'int32') }) as tf.Tensor
  expect([whole.dtype, ...read64(whole)]).toEqual(['float32', 0.5, 0.5])
  expect([...read64(tf.softmax(tf.tensor2d([NaN, 0, 1, 1], [2, 2])))]).toEqual([NaN, NaN, 0.5, 0.5])
})

law('cross-entropy and its gradient are the closed forms', () => {
  const logits = samples([3, 4]) as tf.Tensor2D
  const labels = tf.oneHot(tf.tensor1d([2, 0, 3], 'int32'), 4).toFloat()
  const loss = (logits: tf.Tensor): tf.Tensor => tf.losses.softmaxCrossEntropy(labels, logits)
  const z = logits.arraySync()
  const totals = z.map(row => row.reduce((sum, value) => sum + Math.exp(value), 0))
  const expected = [2, 0, 3].reduce((sum, label, i) => sum + Math.log(totals[i]!) - z[i]![label]!, 0) / 3
  expectClose(loss(logits), [expected], 1e-14)
  const slope = z.flatMap((row, i) => row.map((value, j) => (Math.exp(value) / totals[i]! - ([2, 0, 3][i] === j ? 1 : 0)) / 3))
  expectClose(tf.grad(loss)(logits), slope, 1e-14)
})

law('draws follow the probabilities, and one seed gives one sequence', () => {
  const p = tf.tensor2d([0.5, 0.2, 0.3], [1, 3])
  const draw = (seed: number): number[] => [...tf.multinomial(p, 20000, seed, true).dataSync()]
  const counts = [0, 0, 0]
  for (const event of draw(7)) counts[event]!++
  // Five standard deviations of a binomial count of 20,000.
  for (const [i, expected] of [0.5, 0.2, 0.3].entries()) {
    expect(Math.abs(counts[i]! - 20000 * expected)).toBeLessThan(5 * Math.sqrt(20000 * expected * (1 - expected)))
  }
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
})

law('batch normalisation shifts and scales by the moments given', () => {
  const [x, mean, scale, offset] = [samples([2, 3], 1), samples([3], 2), samples([3], 3), samples([3], 4)]
  const variance = tf.square(samples([3], 5))
  const [a, m, v, s, o] = [x, mean, variance, scale, offset].map(read64) as Float64Array[]
  const expected = [...a!].map((value, i) => ((value - m![i % 3]!) / Math.sqrt(v![i % 3]! + 0.01)) * s![i % 3]! + o![i % 3]!)
  expectClose(tf.batchNorm(x as tf.Tensor2D, mean as tf.Tensor1D, variance as tf.Tensor1D, offset as tf.Tensor1D, scale as tf.Tensor1D, 0.01), expected)
})
