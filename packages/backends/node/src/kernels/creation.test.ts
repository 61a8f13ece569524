import * as tf from '@tensorflow/tfjs'
import { expect } from 'vitest'
import { read64, installed, law } from '../../test/law.ts'

installed()

law('constants given as numbers keep every digit', () => {
  expect(read64(tf.fill([2], 0.1))).toEqual(Float64Array.of(0.1, 0.1))
  expect(read64(tf.linspace(0, 1, 11))[3]).toBe(0.3)
  expect(read64(tf.range(0, 1, 0.1))[7]).toBe(7 * 0.1)
})

law('ranges count up, down and not at all', () => {
  expect([...tf.range(3, 0).dataSync()]).toEqual([3, 2, 1])
  expect([...tf.range(5, 0, -2).dataSync()]).toEqual([5, 3, 1])
  expect([...tf.range(0, 3, -1).dataSync()]).toEqual([])
  expect([tf.range(0, 2, 1, 'int32').dtype, ...tf.range(0, 2, 1, 'int32').dataSync()]).toEqual(['int32', 0, 1])
})

law('an index outside the depth has no hot entry', () => {
  expect(tf.oneHot(tf.tensor1d([1, -1, 3], 'int32'), 3, 5, 2).arraySync()).toEqual([[2, 5, 2], [2, 2, 2], [2, 2, 2]])
})

law('zeros and ones take shape and dtype', () => {
  const x = tf.tensor2d([3, 4], [1, 2], 'int32')
  expect([tf.zerosLike(x).dtype, tf.onesLike(x).arraySync()]).toEqual(['int32', [[1, 1]]])
  expect(tf.diag(tf.tensor1d([3, 4])).arraySync()).toEqual([[3, 0], [0, 4]])
})
