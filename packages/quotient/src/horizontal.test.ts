import { linear } from '@dead-directions/arch-linear'
import { exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { fromRows, type Matrix, matrix, multiply, singularValues, transpose } from '@dead-directions/linalg'
import { buildNetwork, forward, type Network, type ParameterValues, parameterTensors, standardNormals } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { balanceDefect, horizontalFisher, horizontalSpace } from './horizontal.ts'

beforeAll(() => nodeBackend.install())

function scalarChain(length: number, weights: readonly number[]): { network: Network; parameters: ParameterValues } {
  const nodes = Array.from({ length }, (_, i) => ({ name: `w${i}`, primitive: 'linear', spec: { in: 1, out: 1 }, inputs: [i === 0 ? 'input' : `w${i - 1}`] }))
  const network = buildNetwork({ input: [1], nodes, output: `w${length - 1}`, likelihood: 'gaussian' }, createRegistry().use(linear))
  return { network, parameters: Object.fromEntries(weights.map((w, i) => [`w${i}.weight`, { shape: [1, 1], data: Float64Array.of(w) }])) }
}

/** Scores of unit-variance outputs at inputs ±1, whose second moment is 1: a row for each. */
function scores(network: Network, parameters: ParameterValues): Matrix {
  const rows = [1, -1].map(x =>
    tf.tidy(() => {
      const names = Object.keys(parameters)
      const tensors = parameterTensors(parameters)
      const inputs = exactTensor([x], [1, 1])
      const gradients = tf.grads((...values: tf.Tensor[]) => tf.sum(forward(network, Object.fromEntries(names.map((name, i) => [name, values[i] as tf.Tensor])), inputs)))
      return gradients(names.map(name => tensors[name] as tf.Tensor)).map(gradient => gradient.dataSync()[0] as number)
    }),
  )
  return fromRows(rows)
}

test.each([2, 3, 4, 5, 6])('the horizontal Fisher of %i scalars that die together has rate 2(L-1) and coefficient L', length => {
  for (const t of [1e-3, 0.1, 0.7]) {
    const { network, parameters } = scalarChain(length, Array<number>(length).fill(t))
    const values = horizontalFisher(network, parameters, scores(network, parameters))
    expect(values).toHaveLength(1)
    expect((values[0] as number) ** 2 / 2 / (length * t ** (2 * (length - 1)))).toBeCloseTo(1, 12)
  }
})

test('the raw Fisher form of two scalars is t²(v1+v2)²: null on the gauge at every t, where the horizontal one is 2t²', () => {
  for (const t of [1e-4, 0.01, 1]) {
    const { network, parameters } = scalarChain(2, [t, t])
    const data = scores(network, parameters)
    const form = (v: readonly number[]): number => multiply(data, matrix(2, 1, Float64Array.from(v))).data.reduce((sum, x) => sum + x * x, 0) / 2
    expect(form([1, -1])).toBe(0)
    expect(form([0.3, 0.5]) / (t * t * 0.64)).toBeCloseTo(1, 12)
    expect((singularValues(data)[1] as number) / (singularValues(data)[0] as number)).toBeLessThan(1e-15)
    expect((horizontalFisher(network, parameters, data)[0] as number) ** 2 / 2 / (2 * t * t)).toBeCloseTo(1, 12)
  }
})

test('the horizontal part is orthogonal to every tangent and a projection of its own', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), seed => {
      const z = standardNormals(seed, 24)
      // The third generator depends on the first two.
      const tangents = [z.slice(0, 6), z.slice(6, 12).map(x => 1e-8 * x), z.slice(0, 6).map((x, i) => x - (z[6 + i] as number))].map(all => ({ a: all.slice(0, 4), c: all.slice(4) }))
      const space = horizontalSpace(tangents, { a: 4, b: 3, c: 2 })
      expect(space.dimension).toBe(2)
      const vector = z.slice(12, 21)
      const part = space.horizontal(vector)
      for (const { a, c } of tangents) expect(Math.abs([...a].reduce((sum, x, i) => sum + x * (part[i] as number), 0) + [...c].reduce((sum, x, i) => sum + x * (part[7 + i] as number), 0))).toBeLessThan(1e-14)
      space.horizontal(part).forEach((x, i) => expect(x).toBeCloseTo(part[i] as number, 14))
      expect(part.slice(4, 7)).toEqual(vector.slice(4, 7))
    }),
  )
})

/** Gradients of a function of scalars or matrices. */
function gradientsOf(loss: (...values: tf.Tensor[]) => tf.Tensor, at: readonly Matrix[]): readonly Matrix[] {
  const gradients = tf.tidy(() => tf.grads(loss)(at.map(({ rows, cols, data }) => exactTensor(data, [rows, cols]))))
  return gradients.map((gradient, i) => {
    const data = Float64Array.from(gradient.dataSync())
    gradient.dispose()
    return { ...(at[i] as Matrix), data }
  })
}

test('Euclidean descent does not project: the squared gradient of (w1 w2)²/2 is 2 at (1, 1) and 4.25 at (2, ½)', () => {
  const squared = (w1: number, w2: number): number => {
    const gradients = gradientsOf((a, b) => tf.mul(tf.square(tf.mul(a, b)), 0.5), [w1, w2].map(w => matrix(1, 1, Float64Array.of(w))))
    return gradients.reduce((sum, { data }) => sum + (data[0] as number) ** 2, 0)
  }
  expect(squared(1, 1)).toBe(2)
  expect(squared(2, 0.5)).toBe(4.25)
})

test.each([2, 3, 5])('in the log metric the product p of %i scalars flows with factor L p² wherever it stands', length => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), seed => {
      const weights = standardNormals(seed, length)
      const gradients = gradientsOf((...values) => values.reduce((product, value) => tf.mul(product, value)), [...weights].map(w => matrix(1, 1, Float64Array.of(w))))
      const p = weights.reduce((product, w) => product * w, 1)
      const factor = gradients.reduce((sum, { data }, i) => sum + ((weights[i] as number) * (data[0] as number)) ** 2, 0)
      expect(factor / (length * p * p)).toBeCloseTo(1, 12)
    }),
  )
})

test('Euclidean gradient flow conserves the balance defect, which the gauge changes', () => {
  const z = standardNormals(4, 60)
  const [first, second] = [matrix(4, 3, z.slice(0, 12)), matrix(2, 4, z.slice(12, 20))]
  const gradients = gradientsOf((w, v) => tf.sum(tf.square(tf.sub(tf.matMul(v, tf.matMul(w, exactTensor(z.slice(20, 35), [3, 5]))), exactTensor(z.slice(35, 45), [2, 5])))), [first, second])
  const moved = (step: number): Matrix => balanceDefect(...([first, second].map((w, i) => ({ ...w, data: w.data.map((x, j) => x - step * (gradients[i]?.data[j] as number)) })) as [Matrix, Matrix]))
  const [ahead, behind, still] = [moved(1e-3), moved(-1e-3), moved(0)]
  ahead.data.forEach((x, i) => expect(Math.abs(x - (behind.data[i] as number))).toBeLessThan(1e-13))
  expect(ahead.data.some((x, i) => Math.abs(x - (still.data[i] as number)) > 1e-6)).toBe(true)
  expect(still).toEqual(balanceDefect(first, second))
  const byHand = multiply(transpose(second), second).data[5] as number
  expect(still.data[5]).toBeCloseTo(byHand - [3, 4, 5].reduce((sum, j) => sum + (z[j] as number) ** 2, 0), 12)
})

test('matrices that do not fit are refused by size', () => {
  expect(() => balanceDefect(matrix(2, 3), matrix(2, 3))).toThrow('balanceDefect: second has 3 columns, expected 2')
  const { network, parameters } = scalarChain(2, [1, 1])
  expect(() => horizontalFisher(network, parameters, matrix(1, 3))).toThrow('horizontalFisher: scores have 3 columns, expected 2')
})
