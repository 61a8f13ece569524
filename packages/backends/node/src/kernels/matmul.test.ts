import { exactTensor } from '@dead-directions/autodiff'
import * as tf from '@tensorflow/tfjs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { read64, expectClose, installed, law, samples } from '../../test/law.ts'

installed()

const size = fc.integer({ min: 1, max: 5 })

/** Entry of a batch of matrices, the batch index counted modulo each batch axis. */
function entry(values: Float64Array, shape: number[], batch: number[], i: number, j: number): number {
  const [rows, columns] = shape.slice(-2) as [number, number]
  const number = batch.reduce((sum, b, axis) => sum * shape[axis]! + (b % shape[axis]!), 0)
  return values[(number * rows + i) * columns + j]!
}

test('products agree with their definition for every transposition and broadcast batch', () => {
  fc.assert(
    fc.property(size, size, size, fc.boolean(), fc.boolean(), fc.constantFrom([1, 1], [3, 1], [1, 2], [3, 2]), fc.constantFrom([1, 1], [3, 1], [1, 2], [3, 2]), (m, n, k, ta, tb, batchA, batchB) => {
      tf.tidy(() => {
        const shapeA = [...batchA, ...(ta ? [k, m] : [m, k])]
        const shapeB = [...batchB, ...(tb ? [n, k] : [k, n])]
        const [a, b] = [samples(shapeA, 1), samples(shapeB, 2)]
        const c = tf.matMul(a, b, ta, tb)
        const [x, y] = [read64(a), read64(b)]
        const batches = [Math.max(batchA[0]!, batchB[0]!), Math.max(batchA[1]!, batchB[1]!)] as const
        const expected: number[] = []
        for (let p = 0; p < batches[0]; p++)
          for (let q = 0; q < batches[1]; q++)
            for (let i = 0; i < m; i++)
              for (let j = 0; j < n; j++) {
                let sum = 0
                for (let l = 0; l < k; l++) {
                  sum += entry(x, shapeA, [p, q], ta ? l : i, ta ? i : l) * entry(y, shapeB, [p, q], tb ? j : l, tb ? l : j)
                }
                expected.push(sum)
              }
        expect(c.shape).toEqual([...batches, m, n])
        expectClose(c, expected)
      })
    }),
    { seed: 1 },
  )
})

law('a product keeps what float32 would drop', () => {
  const a = exactTensor([1 + 1e-12, -1], [1, 2])
  expect(read64(tf.matMul(a as tf.Tensor2D, tf.ones([2, 1])))[0]).toBe(1 + 1e-12 - 1)
})

law('the gradient of a product is the product of the gradient with the other factor', () => {
  const [a, b] = [samples([3, 4], 1), samples([4, 2], 2)] as [tf.Tensor2D, tf.Tensor2D]
  const upstream = samples([3, 2], 3) as tf.Tensor2D
  const [da, db] = tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b))([a, b], upstream) as [tf.Tensor, tf.Tensor]
  expectClose(da, read64(tf.matMul(upstream, b, false, true)))
  expectClose(db, read64(tf.matMul(a, upstream, true, false)))
})

law('a fused product is the product, the bias and the activation one after the other', () => {
  // Long enough for arrays to be taken over.
  const [a, b, bias, alpha] = [samples([20, 4], 1), samples([4, 16], 2), samples([16], 3), samples([16], 4)] as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D, tf.Tensor]
  const plain = tf.add(tf.matMul(a, b), bias)
  const activations = {
    linear: plain,
    relu: tf.relu(plain),
    relu6: tf.relu6(plain),
    elu: tf.elu(plain),
    sigmoid: tf.sigmoid(plain),
    leakyrelu: tf.leakyRelu(plain, 0.3),
    prelu: tf.prelu(plain, alpha),
  }
  const fused = Object.keys(activations).map(activation =>
    tf.fused.matMul({ a, b, bias, activation: activation as 'relu', leakyreluAlpha: 0.3, preluActivationWeights: alpha }),
  )
  // Read when all are there: none stands where another does.
  expect(fused.map(y => [...read64(y)])).toEqual(Object.values(activations).map(y => [...read64(y)]))
})

law('a fused product takes tanh too, which TensorFlow.js hands on where no gradient is asked for', () => {
  const [a, b, bias] = [samples([3, 4], 1), samples([4, 2], 2), samples([2], 3)] as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D]
  const fused = tf.fused.matMul({ a, b, bias, activation: 'tanh' as 'relu' })
  expect([...read64(fused)]).toEqual([...read64(tf.tanh(tf.add(tf.matMul(a, b), bias)))])
})

law('whole factors give whole products', () => {
  const a = tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32')
  expect([tf.matMul(a, a).dtype, ...tf.matMul(a, a).dataSync()]).toEqual(['int32', 7, 10, 15, 22])
})
