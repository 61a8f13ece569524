import { nodeBackend } from '@dead-directions/backend-node'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { exactData, exactTensor } from './exact-tensor.ts'

test('keeps every digit on a float64 backend', async () => {
  await nodeBackend.install()
  const values = Float64Array.of(1 / 3, 1e-60, 1 + 1e-12)
  const tensor = exactTensor(values, [3])
  expect(await exactData(tensor)).toEqual(values)
  tensor.dispose()
})

test('is not changed by what happens to its source', async () => {
  await nodeBackend.install()
  const values = Float64Array.of(1, 2)
  const tensor = exactTensor(values, [2])
  values[0] = 5
  expect(await exactData(tensor)).toEqual(Float64Array.of(1, 2))
  tensor.dispose()
})

test('rounds to float32 where the backend does', async () => {
  await tf.setBackend('cpu')
  const tensor = exactTensor(Float64Array.of(1 / 3), [1])
  expect(await exactData(tensor)).toEqual(Float64Array.of(Math.fround(1 / 3)))
  tensor.dispose()
})

test('refuses a shape of another size', () => {
  expect(() => exactTensor(new Float64Array(3), [2, 2])).toThrow()
})
