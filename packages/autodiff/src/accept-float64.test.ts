import { nodeBackend } from '@dead-directions/backend-node'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { acceptFloat64 } from './accept-float64.ts'
import { exactTensor } from './exact-tensor.ts'

test('a tensor of a float64 backend arrives rounded, and only once', async () => {
  await tf.setBackend('cpu')
  acceptFloat64(tf.backend())
  acceptFloat64(tf.backend())
  await nodeBackend.install()
  const tensor = exactTensor([1 / 3, 1e-60], [2])
  await tf.setBackend('cpu')
  const doubled = tf.add(tensor, tensor)
  expect([...doubled.dataSync()]).toEqual([2 * Math.fround(1 / 3), 0])
  expect(tensor.dataSync()).toEqual(Float32Array.of(1 / 3, 1e-60))
  tf.dispose([tensor, doubled])
})
