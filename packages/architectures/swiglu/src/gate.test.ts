import { exactData, exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { normalDistribution } from '../test/normal-distribution.ts'
import { gates } from './gate.ts'

beforeAll(() => nodeBackend.install())

const x = Float64Array.of(-4, -2, -0.5, -1e-9, 0, 1e-9, 0.3, 1, 3)
const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z))

test.each([
  ['silu', z => z * sigmoid(z), z => sigmoid(z) * (1 - sigmoid(z)) * (2 + z * (1 - 2 * sigmoid(z)))],
  ['gelu', z => z * normalDistribution(z), z => density(z) * (2 - z * z)],
  ['relu', z => Math.max(0, z), () => 0],
] as [keyof typeof gates, (z: number) => number, (z: number) => number][])('%s and its second derivative are what their formulas say', async (name, value, second) => {
  const input = exactTensor(x, [x.length])
  const [y, curvature] = tf.tidy(() => [tf.clone(gates[name](input)), tf.grad(tf.grad(gates[name]))(input)]) as [tf.Tensor, tf.Tensor]
  const [found, bend] = [await exactData(y), await exactData(curvature)]
  tf.dispose([input, y, curvature])
  x.forEach((z, i) => {
    expect(Math.abs((found[i] as number) - value(z))).toBeLessThanOrEqual(1e-14 * Math.abs(z))
    expect(bend[i]).toBeCloseTo(second(z), 14)
  })
})
