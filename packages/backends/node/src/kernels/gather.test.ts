import { exactTensor } from '@dead-directions/autodiff'
import * as tf from '@tensorflow/tfjs'
import { expect } from 'vitest'
import { read64, expectClose, installed, law, samples } from '../../test/law.ts'

installed()

const int = (values: number[], shape: number[]): tf.Tensor => tf.tensor(values, shape, 'int32')

law('gathering rows is multiplying by the one-hot matrix, and so is its gradient', () => {
  const table = samples([5, 3]) as tf.Tensor2D
  const chosen = int([4, 0, 4, 2], [4]) as tf.Tensor1D
  const selection = tf.oneHot(chosen, 5).toFloat() as tf.Tensor2D
  const upstream = samples([4, 3], 2) as tf.Tensor2D
  expect(read64(tf.gather(table, chosen))).toEqual(read64(tf.matMul(selection, table)))
  const gradient = tf.grad((table: tf.Tensor) => tf.gather(table, chosen))(table, upstream)
  expectClose(gradient, read64(tf.matMul(selection, upstream, true, false)))
})

law('batch axes are gathered together', () => {
  const x = tf.reshape(tf.range(0, 12), [2, 3, 2])
  expect(tf.gather(x, int([2, 0], [2, 1]), 1, 1).arraySync()).toEqual([[[4, 5]], [[6, 7]]])
})

law('an index outside the axis is refused', () => {
  expect(() => tf.gather(tf.zeros([2, 2]), int([2], [1]))).toThrow(/2 is not in \[0, 1\]/)
  expect(() => tf.gatherND(tf.zeros([2, 2]), int([0, 2], [1, 2]))).toThrow(/0,2 does not index into 2,2/)
})

law('what index tuples gather, they scatter back, adding where they meet', () => {
  const x = samples([3, 2, 2])
  const tuples = int([2, 1, 0, 0, 2, 1], [3, 2])
  const parts = tf.gatherND(x, tuples)
  expect(parts.shape).toEqual([3, 2])
  const back = read64(tf.scatterND(tuples, parts, [3, 2, 2]))
  const [a, b] = [read64(x), new Float64Array(12)]
  for (const j of [0, 1]) [b[10 + j], b[j]] = [2 * a[10 + j]!, a[j]!]
  expect(back).toEqual(b)
})

law('an update replaces what was there, in a new array', () => {
  const x = tf.zeros([3])
  expect([...tf.tensorScatterUpdate(x, int([1], [1, 1]), exactTensor([1 + 1e-12], [1])).dataSync()]).toEqual([0, 1 + 1e-12, 0])
  expect([...x.dataSync()]).toEqual([0, 0, 0])
  expect([...tf.sparseToDense([0, 2], tf.tensor1d([5, 7]), [4], -1).dataSync()]).toEqual([5, -1, 7, -1])
})

law('a segment sum adds the slices of each segment and leaves out foreign ones', () => {
  const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2])
  expect(tf.unsortedSegmentSum(x, int([1, 0, 1], [3]) as tf.Tensor1D, 3).arraySync()).toEqual([[3, 4], [6, 8], [0, 0]])
})
