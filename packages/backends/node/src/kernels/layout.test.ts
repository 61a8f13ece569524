import { exactTensor } from '@dead-directions/autodiff'
import * as tf from '@tensorflow/tfjs'
import { expect } from 'vitest'
import { read64, installed, law, samples } from '../../test/law.ts'

installed()

const counting = (shape: number[]): tf.Tensor => tf.reshape(tf.range(0, tf.util.sizeFromShape(shape)), shape)

law('every kernel that moves entries moves all their digits', () => {
  const value = 1 + 1e-12
  const x = tf.broadcastTo(exactTensor([value], [1]), [2, 4, 4, 4])
  const moved = [
    tf.transpose(x),
    tf.slice(x, [0, 1], [2, 2]),
    tf.stridedSlice(x, [0, 3], [2, 0], [1, -2]),
    tf.reverse(x),
    tf.tile(x, [2, 1, 1, 3]),
    tf.mirrorPad(x, [[0, 0], [1, 1], [2, 2], [0, 0]], 'reflect'),
    tf.concat([x, x], 2),
    tf.stack([x, x]),
    ...tf.unstack(x),
    ...tf.split(x, 2, 1),
    tf.batchToSpaceND(x, [2, 1], [[0, 0], [0, 0]]),
    tf.spaceToBatchND(x, [2, 2], [[0, 0], [0, 0]]),
    tf.depthToSpace(x as tf.Tensor4D, 2),
    tf.gather(x, [1, 0], 1),
  ]
  for (const y of moved) expect(read64(y).every(entry => entry === value)).toBe(true)
})

law('a transposition and its inverse give the array back', () => {
  const x = samples([2, 3, 4, 2])
  const permutation = [2, 0, 3, 1]
  const inverse = permutation.map((_, axis) => permutation.indexOf(axis))
  const back = tf.transpose(tf.transpose(x, permutation), inverse)
  expect([back.shape, read64(back)]).toEqual([x.shape, read64(x)])
})

law('the pieces of a split, joined again, are the array', () => {
  const x = samples([3, 6, 2])
  expect(read64(tf.concat(tf.split(x, [1, 3, 2], 1), 1))).toEqual(read64(x))
  expect(read64(tf.stack(tf.unstack(x, 1), 1))).toEqual(read64(x))
})

law('padding is undone by the slice that leaves it out', () => {
  const x = samples([2, 3])
  const padded = tf.pad(x, [[1, 2], [0, 3]], 1.5)
  expect(padded.shape).toEqual([5, 6])
  expect(read64(tf.slice(padded, [1, 0], [2, 3]))).toEqual(read64(x))
  expect([...read64(tf.slice(padded, [0, 0], [1, 6]))]).toEqual([1.5, 1.5, 1.5, 1.5, 1.5, 1.5])
})

law('mirrors leave the edge out or repeat it', () => {
  const x = tf.tensor1d([1, 2, 3])
  expect([...tf.mirrorPad(x, [[2, 2]], 'reflect').dataSync()]).toEqual([3, 2, 1, 2, 3, 2, 1])
  expect([...tf.mirrorPad(x, [[2, 3]], 'symmetric').dataSync()]).toEqual([2, 1, 1, 2, 3, 3, 2, 1])
})

law('a strided slice walks backwards too', () => {
  const x = counting([4, 5])
  expect(tf.stridedSlice(x, [3, 4], [0, 0], [-2, -3]).arraySync()).toEqual([[19, 16], [9, 6]])
  expect(tf.stridedSlice(x, [1, 0], [2, 5], [1, 2], 0, 0, 0, 0, 1).arraySync()).toEqual([5, 7, 9])
})

law('tiles repeat along their axis', () => {
  expect(tf.tile(counting([2, 2]), [2, 2]).arraySync()).toEqual([[0, 1, 0, 1], [2, 3, 2, 3], [0, 1, 0, 1], [2, 3, 2, 3]])
})

law('blocks of the batch go to space and back', () => {
  const x = samples([8, 2, 3, 2])
  const space = tf.batchToSpaceND(x, [2, 2], [[0, 0], [0, 0]])
  expect(space.shape).toEqual([2, 4, 6, 2])
  expect(read64(tf.spaceToBatchND(space, [2, 2], [[0, 0], [0, 0]]))).toEqual(read64(x))
})
