import { exactTensor } from '@dead-directions/autodiff'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { installed, law, read64 } from '../test/law.ts'
import { forgetSpares, makeSpare, takeSpare } from './spare.ts'

installed()

const length = 300
const ramp = (): tf.Tensor => exactTensor(Float64Array.from({ length }, (_, i) => i + 0.1), [length])

test('an array is handed out again once, to its own length', () => {
  const array = new Float64Array(length).fill(7)
  makeSpare(array)
  expect(takeSpare(length + 1)).toBeUndefined()
  expect(takeSpare(length) === array).toBe(true)
  expect(takeSpare(length)).toBeUndefined()
})

test('parts of an array and short arrays are not kept', () => {
  makeSpare(new Float64Array(2 * length).subarray(length))
  makeSpare(new Float64Array(10))
  expect([takeSpare(length), takeSpare(10)]).toEqual([undefined, undefined])
})

test('never more than 1 GiB is kept, and the length spared longest ago goes first', () => {
  forgetSpares()
  // Two of them and a little more are within the limit, three are not.
  const large = [1, 2, 3].map(i => new Float64Array(2 ** 26 - 1000 * i))
  const small = [1, 2].map(() => new Float64Array(length))
  for (const array of [small[0]!, large[0]!, large[1]!, small[1]!, large[2]!]) makeSpare(array)
  expect(large.map(array => takeSpare(array.length) === array)).toEqual([false, true, true])
  expect([takeSpare(length), takeSpare(length), takeSpare(length)].map(array => array !== undefined)).toEqual([true, true, false])
  makeSpare(new Float64Array(2 ** 27 + 1))
  expect(takeSpare(2 ** 27 + 1) === undefined).toBe(true)
  makeSpare(large[0]!)
  forgetSpares()
  expect(takeSpare(large[0]!.length) === undefined).toBe(true)
})

law('the array of a disposed tensor serves the next result, unless another tensor shows it; what was read of it stays', () => {
  forgetSpares()
  const x = ramp()
  const [unread, read, shared] = [tf.neg(x), tf.neg(x), tf.neg(x)]
  const kept = read.dataSync()
  const view = tf.reshape(shared, [2, length / 2])
  tf.dispose([unread, read, shared])
  expect([takeSpare(length), takeSpare(length)]).not.toContain(undefined)
  expect(takeSpare(length)).toBeUndefined()
  tf.dispose([tf.neg(x), tf.neg(x)])
  const others = [1, 2, 3].map(factor => tf.mul(x, factor))
  expect([...kept]).toEqual([...read64(tf.neg(x))])
  expect([...read64(view)]).toEqual([...kept])
  tf.dispose([x, view, ...others])
})

law('values that came from outside are never written over', () => {
  const values = Float64Array.from({ length }, (_, i) => i)
  exactTensor(values, [length]).dispose()
  tf.engine().backend.disposeData(tf.engine().backend.write(values as unknown as Float32Array, [length], 'float32'))
  const y = tf.square(ramp())
  expect(read64(y)[1]).toBe(1.1 ** 2)
  expect([...values]).toEqual(Array.from({ length }, (_, i) => i))
})

law('what stood in a spare array shows in no result', () => {
  const kernels: Record<string, (x: tf.Tensor) => tf.Tensor> = {
    zeros: x => tf.zerosLike(x),
    pad: x => tf.pad(x.slice([0], [length - 1]), [[0, 1]]),
    sum: x => tf.sum(tf.reshape(x, [1, length]), 0),
    product: x => tf.matMul(tf.reshape(x, [length, 1]), tf.ones([1, 1])),
    softmax: x => tf.softmax(x),
    logSoftmax: logits => tf.engine().runKernel('LogSoftmax', { logits }) as tf.Tensor,
    emptyProduct: () => tf.matMul(tf.zeros([length, 0]), tf.zeros([0, 1])),
    scatter: () => tf.scatterND(tf.tensor2d([[1]], [1, 1], 'int32'), tf.tensor1d([3]), [length]),
    oneHot: () => tf.oneHot(tf.tensor1d([2], 'int32'), length, 1, 0, 'float32'),
    concatenation: x => tf.concat([x.slice([0], [1]), x.slice([1])]),
    segments: x => tf.unsortedSegmentSum(x, tf.range(0, length, 1, 'int32') as tf.Tensor1D, length),
    gradient: x => tf.grad((x: tf.Tensor) => tf.gather(x, tf.tensor1d([1], 'int32')).sum())(x),
  }
  const x = ramp()
  for (const compute of Object.values(kernels)) {
    forgetSpares()
    const expected = [...read64(tf.tidy(() => compute(x)))]
    for (let i = 0; i < 20; i++) makeSpare(new Float64Array(length).fill(Number.NaN))
    expect([...read64(tf.tidy(() => compute(x)))]).toEqual(expected)
  }
  forgetSpares()
})
