import { exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { fromRows } from '@dead-directions/linalg'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { gaussianMeanMap } from './gaussian-mean-map.ts'
import { klOrder } from './kl-order.ts'
import { tanhTwoLayer } from './two-layer.ts'

beforeAll(() => nodeBackend.install())

const rows = [[1, 0.2], [-0.7, 1.1], [0.4, -1.3], [1.9, 0.6]]
const written = tanhTwoLayer({ inputs: fromRows(rows), teacher: { inner: fromRows([[0.8, -0.5]]), outer: fromRows([[1.1]]) } })

function network(): ReturnType<typeof gaussianMeanMap> {
  const inputs = exactTensor(rows.flat().map(x => x), [4, 2]) as tf.Tensor2D
  const half = exactTensor([0.5], [])
  return gaussianMeanMap({
    truth: written.truth,
    mean: theta => {
      const inner = tf.reshape(tf.slice(theta, 0, 4), [2, 2])
      const outer = tf.reshape(tf.slice(theta, 4, 2), [2, 1])
      return tf.mul(half, tf.matMul(tf.tanh(tf.matMul(inputs, inner as tf.Tensor2D, false, true)), outer as tf.Tensor2D))
    },
    degenerations: written.degenerations,
  })
}

describe('gaussianMeanMap', () => {
  it('has the scores and divergence of the same network written by hand', () => {
    const model = network()
    const theta = Float64Array.of(0.3, -0.9, 1.2, 0.5, 0.7, -0.4)
    const before = tf.memory().numTensors
    const scores = model.scoreMatrix(theta)
    expect(tf.memory().numTensors).toBe(before)
    const expected = written.scoreMatrix(theta)
    expect([scores.rows, scores.cols]).toEqual([expected.rows, expected.cols])
    scores.data.forEach((value, i) => expect(Math.abs(value - expected.data[i]!)).toBeLessThan(1e-15))
    expect(model.divergence(theta) / written.divergence(theta)).toBeCloseTo(1, 13)
  })

  it('reads the KL orders of its degenerations', () => {
    const model = network()
    for (const { name, approach, klOrder: stated } of model.degenerations) {
      const order = klOrder(model, approach)
      if (order.kind === 'refused') throw new Error(`${name}: ${order.reason}`)
      expect(Math.abs(order.klOrder - stated), name).toBeLessThan(0.005)
    }
  })
})
