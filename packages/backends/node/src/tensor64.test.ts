import * as tf from '@tensorflow/tfjs'
import { expect } from 'vitest'
import { installed, law } from '../test/law.ts'
import { nodeBackend } from './node-backend.ts'
import { read64, tensor64 } from './tensor64.ts'

installed()

law('values enter and leave with every digit', () => {
  const values = [1 + 1e-12, 1e-60, -4e-180, Math.PI, Number.MIN_VALUE, Number.MAX_VALUE]
  const x = tensor64(values, [2, 3])
  expect([x.shape, x.dtype]).toEqual([[2, 3], 'float32'])
  expect([...read64(x)]).toEqual(values)
  expect(x.arraySync()).toEqual([values.slice(0, 3), values.slice(3)])
})

law('neither the array given nor the array read is the tensor’s own', () => {
  const values = Float64Array.of(1, 2)
  const x = tensor64(values, [2])
  values[0] = 7
  read64(x)[1] = 7
  expect([...read64(x)]).toEqual([1, 2])
})

law('a shape that does not fit the values is refused', () => {
  expect(() => tensor64([1, 2, 3], [2, 2])).toThrow(/3.*4/)
})

law('on a float32 backend the values are rounded to float32', async () => {
  await tf.setBackend('cpu')
  const x = tensor64([1 + 1e-12, 0.1], [2])
  expect([...read64(x)]).toEqual([1, Math.fround(0.1)])
  x.dispose()
  await nodeBackend.install()
})
