import { exactTensor } from '@dead-directions/autodiff'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { nodeBackend } from '../src/index.ts'

/** A test on the installed backend that must leave no tensor and no data behind, outside a tidy of its own. */
export function law(name: string, check: () => void | Promise<void>): void {
  test(name, async () => {
    const held = (): number[] => [tf.memory().numTensors, tf.memory().numDataBuffers, tf.engine().backend.numDataIds()]
    const before = held()
    tf.engine().startScope()
    try {
      await check()
    } finally {
      tf.engine().endScope()
    }
    expect(held()).toEqual(before)
  })
}

export function installed(): void {
  beforeAll(() => nodeBackend.install())
}

/** Values that no float32 holds, different at every place. */
export function samples(shape: number[], seed = 1): tf.Tensor {
  const size = shape.reduce((a, b) => a * b, 1)
  return exactTensor(
    Array.from({ length: size }, (_, i) => Math.sin(12.9898 * (i + 1) + 78.233 * seed) * 1.7),
    shape,
  )
}

/** The entries agree to a few units in the last place of the largest. */
export function expectClose(actual: tf.Tensor | ArrayLike<number>, expected: ArrayLike<number>, relative = 1e-14): void {
  const a = actual instanceof tf.Tensor ? read64(actual) : actual
  expect(a.length).toBe(expected.length)
  const scale = Math.max(...Array.from(expected, Math.abs), Number.MIN_VALUE)
  for (let i = 0; i < a.length; i++) expect(Math.abs(a[i]! - expected[i]!) / scale).toBeLessThanOrEqual(relative)
}

/** The gradient of `f` at `x` by central differences, good to about nine digits. */
export function differences(f: (x: tf.Tensor) => number, x: tf.Tensor): Float64Array {
  const at = read64(x)
  const step = 6e-6
  return at.map((value, i) => {
    const moved = (by: number): number => tf.tidy(() => f(exactTensor(at.with(i, value + by), x.shape)))
    return (moved(step) - moved(-step)) / (2 * step)
  })
}

/** The tensor's values, every digit of them. */
export function read64(tensor: tf.Tensor): Float64Array {
  return Float64Array.from(tensor.dataSync())
}
