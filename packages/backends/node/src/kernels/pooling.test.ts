import * as tf from '@tensorflow/tfjs'
import { expect } from 'vitest'
import { read64, differences, expectClose, installed, law, samples } from '../../test/law.ts'

installed()

type T4 = tf.Tensor4D
type T5 = tf.Tensor5D

law('a window that reaches over the edge averages what lies inside', () => {
  const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1])
  expect([...tf.avgPool(x, 2, 2, 'same').dataSync()]).toEqual([3, 4.5, 7.5, 9])
  expect([...tf.maxPool(x, 2, 2, 'same').dataSync()]).toEqual([5, 6, 8, 9])
})

law('the place of the greatest counts through the batch or within the image', () => {
  const x = tf.reshape(tf.range(0, 8), [2, 2, 2, 1]) as T4
  const [result, indexes] = Object.values(tf.maxPoolWithArgmax(x, 2, 2, 'valid')) as [tf.Tensor, tf.Tensor]
  expect([...result.dataSync(), ...indexes.dataSync()]).toEqual([3, 7, 3, 3])
  expect([...tf.maxPoolWithArgmax(x, 2, 2, 'valid', true).indexes!.dataSync()]).toEqual([3, 7])
})

law('gradients agree with differences, also where the window reaches over the edge', () => {
  const pools: [(x: tf.Tensor) => tf.Tensor, number[]][] = [
    [x => tf.maxPool(x as T4, 2, 2, 'same'), [1, 5, 5, 2]],
    [x => tf.avgPool(x as T4, 3, 1, 'same'), [1, 4, 4, 2]],
    [x => tf.maxPool3d(x as T5, 2, 1, 'valid'), [1, 3, 3, 3, 1]],
    [x => tf.avgPool3d(x as T5, 2, 2, 'same'), [1, 3, 3, 3, 1]],
  ]
  for (const [pool, shape] of pools) {
    const x = samples(shape)
    const loss = (x: tf.Tensor): tf.Tensor => tf.sum(tf.square(pool(x)))
    expectClose(
      tf.grad(loss)(x),
      differences(x => read64(loss(x))[0]!, x),
      1e-8,
    )
  }
})
