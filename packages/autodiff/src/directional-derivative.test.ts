import { nodeBackend } from '@dead-directions/backend-node'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { read64 } from '../test/law.ts'
import { exactTensor } from './exact-tensor.ts'
import { directionalDerivative } from './directional-derivative.ts'

beforeAll(() => nodeBackend.install())

type TensorFunction = (...x: tf.Tensor[]) => tf.Tensor

const x0 = [0.3, -0.8, 1.7, -0.2, 0.9, 2.1]
const u0 = [1, -0.5, 0.7, 2, -1.3, 0.4]

/** Fourth-order central difference with its Richardson extrapolation: error below 1e-9. */
function difference(f: (t: number) => Float64Array): Float64Array {
  const central = (h: number) => {
    const [a, b] = [f(h), f(-h)]
    return a.map((value, i) => (value - b[i]!) / (2 * h))
  }
  const [one, two, four] = [central(2e-3), central(4e-3), central(8e-3)]
  const fine = one.map((value, i) => (4 * value - two[i]!) / 3)
  const coarse = two.map((value, i) => (4 * value - four[i]!) / 3)
  return fine.map((value, i) => (16 * value - coarse[i]!) / 15)
}

const along = (t: number, shape: number[]) => exactTensor(x0.map((x, i) => x + t * u0[i]!), shape as [number])

const unary: Record<string, TensorFunction> = {
  tanh: x => tf.tanh(x!),
  sigmoid: x => tf.sigmoid(x!),
  relu: x => tf.relu(x!),
  softplus: x => tf.softplus(x!),
  erf: x => tf.erf(x!),
  exp: x => tf.exp(x!),
  log: x => tf.log(tf.add(tf.square(x!), tf.scalar(2))),
  elu: x => tf.elu(x!),
  selu: x => tf.selu(x!),
  leakyRelu: x => tf.leakyRelu(x!, 0.3),
  softmax: x => tf.softmax(x!),
  logSoftmax: x => tf.logSoftmax(x!),
  logSumExp: x => tf.sub(x!, tf.logSumExp(x!, 1, true)),
  matMul: x => tf.matMul(x!, x!, false, true),
  transpose: x => tf.mul(tf.transpose(x!), tf.transpose(x!)),
  'broadcast add and mul': x => tf.mul(tf.add(x!, tf.sum(x!, 0, true)), tf.slice(x!, [0, 0], [2, 1])),
  gather: x => tf.square(tf.gather(x!, tf.tensor1d([1, 0, 1], 'int32'))),
}

describe('directionalDerivative', () => {
  it.each(Object.entries(unary))('is exact for %s', (_, f) => {
    const before = tf.memory().numTensors
    tf.tidy(() => {
      const { value, derivative } = directionalDerivative(f, [along(0, [2, 3])], [exactTensor(u0, [2, 3])])
      const expected = difference(t => read64(f(along(t, [2, 3]))))
      expect(derivative.shape).toEqual(value.shape)
      expect(read64(value)).toEqual(read64(f(along(0, [2, 3]))))
      read64(derivative).forEach((d, i) => expect(Math.abs(d - expected[i]!)).toBeLessThan(2e-10 * (1 + Math.abs(d))))
    })
    expect(tf.memory().numTensors).toBe(before)
  })

  it.each(Object.entries(unary).filter(([name]) => name !== 'logSoftmax'))('can be differentiated along a direction again for %s', (_, f) => {
    tf.tidy(() => {
      const total: TensorFunction = x => tf.sum(tf.mul(f(x!), f(x!)))
      const gradient = tf.grad(x => total(x))
      const { derivative } = directionalDerivative(x => gradient(x!), [along(0, [2, 3])], [exactTensor(u0, [2, 3])])
      const expected = difference(t => read64(gradient(along(t, [2, 3]))))
      read64(derivative).forEach((d, i) => expect(Math.abs(d - expected[i]!)).toBeLessThan(1e-8 * (1 + Math.abs(d))))
    })
  })

  it('is linear in the direction and adds over arguments', () => {
    tf.tidy(() => {
      const f: TensorFunction = (a, b) => tf.mul(tf.tanh(a!), tf.square(b!))
      const [a, b, u, v] = [[0.4, -1], [2, 0.5], [1, 3], [-2, 0.7]].map(values => exactTensor(values, [2])) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]
      const { derivative } = directionalDerivative(f, [a, b], [u, v])
      const slope = (i: number) => {
        const [x, y] = [[0.4, -1][i]!, [2, 0.5][i]!]
        return [1, 3][i]! * y * y * (1 - Math.tanh(x) ** 2) + [-2, 0.7][i]! * 2 * y * Math.tanh(x)
      }
      read64(derivative).forEach((d, i) => expect(d).toBeCloseTo(slope(i), 14))
    })
  })

  it('keeps the digits of derivatives far below float32', () => {
    tf.tidy(() => {
      const { derivative } = directionalDerivative(x => tf.pow(x!, 5), [exactTensor([1e-20], [1])], [exactTensor([1], [1])])
      expect(read64(derivative)[0]! / 5e-80).toBeCloseTo(1, 13)
    })
  })

  it('names a direction that does not match', () => {
    tf.tidy(() => {
      expect(() => directionalDerivative(x => x!, [tf.zeros([2])], [])).toThrow('u: got 0 tensors, expected 1, one per argument')
      expect(() => directionalDerivative(x => x!, [tf.zeros([2])], [tf.zeros([3])])).toThrow('u[0]: got shape [3], expected [2]')
    })
  })
})
