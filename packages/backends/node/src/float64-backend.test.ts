import { exactTensor } from '@dead-directions/autodiff'
import * as tf from '@tensorflow/tfjs'
import { expect } from 'vitest'
import { read64, installed, law } from '../test/law.ts'
import { nodeBackend } from './node-backend.ts'

installed()

const digits = [1 + 1e-12, 1e-60, Math.PI]

law('a tensor that another backend leaves alone keeps every digit; one that it reads comes back as float32', async () => {
  const [kept, moved] = [exactTensor(digits, [3]), exactTensor(digits, [3])]
  await tf.setBackend('cpu')
  tf.dispose(tf.neg(moved))
  await nodeBackend.install()
  expect([...read64(kept)]).toEqual(digits)
  expect([...read64(tf.neg(moved))]).toEqual(digits.map(x => -Math.fround(x)))
})

law('views share their data, and it lives until the last of them is disposed', () => {
  const data = (): number => tf.engine().backend.numDataIds()
  const before = data()
  const x = exactTensor(digits, [3])
  const views = [tf.reshape(x, [3, 1]), tf.clone(x), tf.expandDims(x)]
  expect(data()).toBe(before + 1)
  x.dispose()
  expect([...read64(views[0]!)]).toEqual(digits)
  tf.dispose(views)
  expect(data()).toBe(before)
})

law('a cast to another dtype has data of its own', () => {
  const x = exactTensor([1.9, -1.9, 0], [3])
  expect([...tf.cast(x, 'int32').dataSync()]).toEqual([1, -1, 0])
  expect([...tf.cast(x, 'bool').dataSync()]).toEqual([1, 1, 0])
  expect([...read64(x)]).toEqual([1.9, -1.9, 0])
})

law('reads asynchronously what it reads at once', async () => {
  const x = exactTensor(digits, [3])
  expect(await x.data()).toEqual(x.dataSync())
})

law('times a computation', async () => {
  const { kernelMs } = await tf.time(() => tf.tidy(() => void tf.sum(tf.ones([1000]))))
  expect(kernelMs).toBeGreaterThan(0)
})

law('says that the byte count is not to be trusted', () => {
  expect(tf.memory()).toMatchObject({ unreliable: true, reasons: [expect.stringContaining('eight bytes')] })
})
