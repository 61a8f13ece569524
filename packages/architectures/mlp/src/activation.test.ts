import { exactData, exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { type ActivationName, activations } from './activation.ts'

beforeAll(() => nodeBackend.install())

const names = Object.keys(activations) as ActivationName[]

async function values(name: ActivationName, x: readonly number[]): Promise<Float64Array> {
  const input = exactTensor(Float64Array.from(x), [x.length])
  const output = tf.tidy(() => activations[name].apply(input).clone())
  const data = Float64Array.from(await exactData(output))
  tf.dispose([input, output])
  return data
}

test.each(names)('%s has the value and the slope at zero that it states', async name => {
  const h = 1e-6
  const [zero, right] = (await values(name, [0, h])) as unknown as [number, number]
  expect(zero).toBeCloseTo(activations[name].valueAtZero, 14)
  expect((right - zero) / h).toBeCloseTo(activations[name].slopeAtZero, 5)
})

test.each(names)('%s has the symmetry that it states, and no stronger one', async name => {
  const x = [0.3, 1.1, 2.4, -0.8]
  const at = await values(name, x)
  const mirrored = await values(name, x.map(value => -value))
  const doubled = await values(name, x.map(value => 2 * value))
  const odd = at.every((value, i) => Math.abs(value + (mirrored[i] as number)) < 1e-14)
  const homogeneous = at.every((value, i) => Math.abs(2 * value - (doubled[i] as number)) < 1e-14)
  expect(odd && homogeneous ? 'linear' : odd ? 'odd' : homogeneous ? 'homogeneous' : 'none').toBe(activations[name].symmetry)
})

test('gelu is x Φ(x) to the last digits', async () => {
  // Φ(1), Φ(-3) to 16 digits from tables of the normal distribution.
  const [one, minusThree] = (await values('gelu', [1, -3])) as unknown as [number, number]
  expect(one).toBeCloseTo(0.8413447460685429, 14)
  expect(minusThree / (-3 * 0.0013498980316300946)).toBeCloseTo(1, 12)
})
