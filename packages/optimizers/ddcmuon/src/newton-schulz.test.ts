import { exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { matrix, multiply, singularValues, svd, transpose } from '@dead-directions/linalg'
import { standardNormals } from '@dead-directions/network'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { newtonSchulz } from './newton-schulz.ts'

beforeAll(() => nodeBackend.install())

test.each([
  [4, 4],
  [3, 7],
  [7, 3],
])('keeps the singular vectors of a %i by %i matrix and maps each singular value by the quintic five times', (rows, cols) => {
  const before = tf.memory().numTensors
  const data = standardNormals(rows, rows * cols)
  const input = exactTensor<tf.Rank.R2>(data, [rows, cols])
  const output = newtonSchulz(input)
  const found = matrix(rows, cols, Float64Array.from(output.dataSync()))
  tf.dispose([input, output])
  const { u, s, v } = svd(matrix(rows, cols, data))
  const size = Math.hypot(...s)
  const quintic = (x: number): number => 3.4445 * x - 4.775 * x ** 3 + 2.0315 * x ** 5
  const mapped = s.map(value => [1, 2, 3, 4, 5].reduce(quintic, value / size))
  const expected = multiply(u, multiply({ rows: s.length, cols: s.length, data: Float64Array.from({ length: s.length ** 2 }, (_, i) => (i % (s.length + 1) === 0 ? (mapped[i / (s.length + 1)] as number) : 0)) }, transpose(v)))
  // TensorFlow.js rounds the three coefficients to float32.
  found.data.forEach((x, i) => expect(Math.abs(x - (expected.data[i] as number))).toBeLessThan(1e-5))
  for (const value of singularValues(found)) expect(Math.abs(value - 0.9)).toBeLessThan(0.35)
  expect(tf.memory().numTensors).toBe(before)
})

test('zeros stay zeros', () => {
  expect([...tf.tidy(() => newtonSchulz(tf.zeros([2, 3]))).dataSync()]).toEqual([0, 0, 0, 0, 0, 0])
})
