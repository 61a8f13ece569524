import { mlp } from '@dead-directions/arch-mlp'
import { exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { geometricGrid } from '@dead-directions/core-geometry'
import { type LayerData, layerData } from '@dead-directions/kfac'
import { type Matrix, matrix, multiply, qr } from '@dead-directions/linalg'
import { buildNetwork, parameterTensors, standardNormals } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { countDeadDirections } from './count-dead-directions.ts'

const grid = geometricGrid(1e-4, 1e-2, 14)
const [samples, width] = [30, 6]

/** Rotated data with columns that shrink by the given powers of t. */
function shrinking(powers: readonly number[]): readonly Matrix[] {
  const rotation = qr(matrix(width, width, standardNormals(1, width * width))).q
  const left = matrix(samples, width, standardNormals(2, samples * width))
  return Array.from(grid, t => multiply({ ...left, data: left.data.map((x, i) => x * t ** (powers[i % width] ?? 0)) }, rotation))
}

describe.each([1, 2])('directions that die as t^%i', power => {
  test.each([1, 2, 3, 4])('%i of them have so many times the slope of one in the active volume, and the same smallest eigenvalue', deficit => {
    const { activeVolume, bottom, count } = countDeadDirections(grid, shrinking(Array.from({ length: deficit }, () => power)))
    if (activeVolume.kind === 'refused' || bottom.kind === 'refused' || count === null) throw new Error('straight power laws are read')
    expect(activeVolume.rate).toBeCloseTo(2 * power * deficit, 2)
    expect(bottom.rate).toBeCloseTo(2 * power, 2)
    expect(Math.abs(count.value - deficit)).toBeLessThan(0.01)
    expect(count.standardError).toBeLessThan(0.01)
  })
})

test('directions of different rates count less than they are: (2 + 4)/4', () => {
  const { count } = countDeadDirections(grid, shrinking([1, 2]))
  expect(count?.value).toBeCloseTo(1.5, 2)
})

test('a full layer does not die: slope 0 and a count of 0', () => {
  expect(countDeadDirections(grid, shrinking([])).count).toEqual({ value: 0, standardError: 0 })
})

describe.each([1, 2, 3, 4])('a linear network with %i hidden channels that die', deficit => {
  /** Of the second layer's inputs and of all parameters' per-sample gradients, along the approach. */
  async function along(read: (layers: readonly LayerData[]) => Matrix): Promise<readonly Matrix[]> {
    await nodeBackend.install()
    const nodes = [{ name: 'body', primitive: 'mlp', spec: { widths: [5, 5, 5], activation: 'identity', bias: false }, inputs: ['input'] }]
    const network = buildNetwork({ input: [5], nodes, output: 'body', likelihood: 'gaussian' }, createRegistry().use(mlp))
    const inputs = exactTensor(standardNormals(4, samples * 5), [samples, 5])
    const found: Matrix[] = []
    for (const t of grid) {
      const dying = Float64Array.from({ length: 25 }, (_, i) => (i % 6 !== 0 ? 0 : i / 6 < deficit ? t : 1))
      const tensors = parameterTensors({ 'body.fc1.weight': { shape: [5, 5], data: dying }, 'body.fc2.weight': { shape: [5, 5], data: dying } })
      found.push(read(await layerData(network, tensors, inputs, { kind: 'exact' })))
      tf.dispose(tensors)
    }
    inputs.dispose()
    return found
  }

  test('counts them in the activations behind', async () => {
    const before = tf.memory().numTensors
    const { count } = countDeadDirections(grid, await along(layers => (layers[1] as LayerData).activations))
    expect(Math.abs((count?.value ?? 0) - deficit)).toBeLessThan(0.01)
    expect(tf.memory().numTensors).toBe(before)
  })
})

test('points under the threshold of det⁺ are left out, not read as a jump', () => {
  const wide = geometricGrid(1e-20, 1e-2, 30)
  const data = Array.from(wide, t => matrix(3, 2, Float64Array.of(1, 0, 1, t, 0, t)))
  const { bottom, count } = countDeadDirections(wide, data)
  if (bottom.kind === 'refused') throw new Error(bottom.reason)
  expect(bottom.window[0]).toBeGreaterThan(1e-16)
  expect(count?.value).toBeCloseTo(1, 2)
})

test('refuses another number of matrices', () => {
  expect(() => countDeadDirections(grid, [])).toThrow('data: got 0 matrices, expected 14, one for each t')
})
