import { exactTensor } from '@dead-directions/autodiff'
import * as tf from '@tensorflow/tfjs'
import { expect } from 'vitest'
import { read64, installed, law, samples } from '../../test/law.ts'

installed()

law('the greatest entries fall, equals in the order they came', () => {
  const { values, indices } = tf.topk(tf.tensor2d([3, 9, 3, 1, 2, 2, 5, 2], [2, 4]), 3)
  expect([values.arraySync(), indices.arraySync()]).toEqual([[[9, 3, 3], [5, 2, 2]], [[1, 0, 2], [2, 0, 1]]])
})

law('all of them are the sorted row', () => {
  const x = samples([50])
  expect([...read64(tf.topk(x, 50).values)]).toEqual([...read64(x)].sort((a, b) => b - a))
})

law('unique slices and their numbers give the array back', () => {
  const x = exactTensor([1, 2, 1 + 1e-12, 2, 1, 2], [3, 2])
  const { values, indices } = tf.unique(x, 0)
  expect([values.shape, [...indices.dataSync()]]).toEqual([[2, 2], [0, 1, 0]])
  expect(read64(tf.gather(values, indices as tf.Tensor1D))).toEqual(read64(x))
  expect([...tf.unique(tf.tensor2d([4, 4, 5, 6, 6, 7], [2, 3]), 1).values.dataSync()]).toEqual([4, 5, 6, 7])
})

law('the place of a value is before its equals or after them', () => {
  const row = tf.tensor1d([1, 2, 2, 4])
  expect([...tf.searchSorted(row, tf.tensor1d([0, 2, 3, 9])).dataSync()]).toEqual([0, 1, 3, 4])
  expect([...tf.searchSorted(row, tf.tensor1d([0, 2, 3, 9]), 'right').dataSync()]).toEqual([0, 3, 3, 4])
})

law('counts are weighted where weights are given', () => {
  const x = tf.tensor1d([0, 2, 2, 7], 'int32')
  expect([...tf.bincount(x, [] as unknown as tf.Tensor1D, 3).dataSync()]).toEqual([1, 0, 2])
  expect([...tf.bincount(x, tf.tensor1d([0.5, 1, 2, 9]), 3).dataSync()]).toEqual([0.5, 0, 3])
  const rows = tf.tensor2d([0, 1, 1, 1], [2, 2], 'int32')
  expect(tf.denseBincount(rows, [] as unknown as tf.Tensor2D, 2, true).arraySync()).toEqual([[1, 1], [0, 1]])
})
