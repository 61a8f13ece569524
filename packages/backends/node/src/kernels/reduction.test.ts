import { exactTensor } from '@dead-directions/autodiff'
import * as tf from '@tensorflow/tfjs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { read64, expectClose, installed, law, samples } from '../../test/law.ts'

installed()

test('a fold over some axes collects the entries whose other indices agree', () => {
  const folds: [(x: tf.Tensor, axes: number[]) => tf.Tensor, (values: number[]) => number][] = [
    [tf.sum, values => values.reduce((a, b) => a + b, 0)],
    [tf.prod, values => values.reduce((a, b) => a * b, 1)],
    [tf.mean, values => values.reduce((a, b) => a + b, 0) / values.length],
    [tf.max, values => Math.max(...values)],
    [tf.min, values => Math.min(...values)],
  ]
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }), fc.nat(15), (shape, mask) => {
      const axes = [...shape.keys()].filter(axis => mask & (1 << axis))
      if (axes.length === 0) return
      tf.tidy(() => {
        const x = samples(shape)
        const groups = new Map<string, number[]>()
        read64(x).forEach((value, k) => {
          let rest = k
          const index = shape.toReversed().map(length => [rest % length, (rest = Math.floor(rest / length))][0]!)
          index.reverse()
          const key = index.filter((_, axis) => !axes.includes(axis)).join()
          groups.set(key, [...(groups.get(key) ?? []), value])
        })
        for (const [fold, plain] of folds) expectClose(fold(x, axes), [...groups.values()].map(plain))
      })
    }),
    { seed: 1, numRuns: 60 },
  )
})

law('a sum keeps what float32 would drop', () => {
  expect(read64(tf.sum(exactTensor([1, 1e-12, -1], [3])))[0]).toBe(1 + 1e-12 - 1)
})

law('sums of bool count, sums of int32 stay whole and means are floats', () => {
  expect(tf.sum(tf.tensor1d([1, 1, 0], 'bool')).dataSync()[0]).toBe(2)
  expect(tf.sum(tf.tensor1d([1, 2], 'int32')).dtype).toBe('int32')
  expect(tf.mean(tf.tensor1d([1, 2], 'int32')).dataSync()[0]).toBe(1.5)
  expect([tf.max(tf.tensor1d([-5, -3], 'int32')).dataSync()[0], tf.min(tf.tensor1d([5, 3], 'int32')).dataSync()[0]]).toEqual([-3, 3])
})

law('the empty sum is 0, the empty product 1, the empty maximum -∞', () => {
  const x = tf.zeros([2, 0])
  expect([...tf.sum(x, 1).dataSync()]).toEqual([0, 0])
  expect([...tf.prod(x, 1).dataSync()]).toEqual([1, 1])
  expect([...tf.max(x, 1).dataSync()]).toEqual([-Infinity, -Infinity])
})

law('the first of equals is the greatest, along any axis', () => {
  const x = tf.tensor3d([1, 5, 5, 2, 7, 0, 7, 9], [2, 2, 2])
  expect([...tf.argMax(x, 0).dataSync()]).toEqual([1, 0, 1, 1])
  expect([...tf.argMax(x, 1).dataSync()]).toEqual([1, 0, 0, 1])
  expect([...tf.argMin(x, 2).dataSync()]).toEqual([0, 1, 1, 0])
})

law('a running sum adds from either end, with or without the entry itself', () => {
  const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3])
  expect([...tf.cumsum(x, 1).dataSync()]).toEqual([1, 3, 6, 4, 9, 15])
  expect([...tf.cumsum(x, 1, true, true).dataSync()]).toEqual([5, 3, 0, 11, 6, 0])
  expect([...tf.cumsum(x, 0).dataSync()]).toEqual([1, 2, 3, 5, 7, 9])
  expect([...tf.cumprod(x, 1, true).dataSync()]).toEqual([1, 1, 2, 1, 4, 20])
})
