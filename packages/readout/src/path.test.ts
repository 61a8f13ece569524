import { nodeBackend } from '@dead-directions/backend-node'
import { matrix } from '@dead-directions/linalg'
import { along, standardNormals } from '@dead-directions/network'
import type { Approach } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { pathOf } from './path.ts'

beforeAll(() => nodeBackend.install())

const width = 400

/** A straight way of one wide layer's weight, all entries by one. */
function wide(): { approach: Approach; parameters: Record<string, { shape: number[]; data: Float64Array }> } {
  const { data } = matrix(width, width, standardNormals(1, width * width))
  const shape = [width, width]
  const ends = { origin: { 'a.weight': { shape, data } }, tangent: { 'a.weight': { shape, data: new Float64Array(data.length).fill(1) } } }
  const approach = { kind: 'vanishing channel', label: 'wide', members: [], distance: 1, length: 1, flats: [], family: [], ...ends } as unknown as Approach
  return { approach, parameters: { 'a.weight': { shape, data: data.map(value => value + 1) }, 'b.weight': { shape: [1], data: Float64Array.of(3) } } }
}

test('a layer of any size has a length', () => {
  const { approach, parameters } = wide()
  const { length, unit } = pathOf(parameters, approach)
  expect(length).toBe(width)
  expect(unit['a.weight']?.data[7]).toBe(1 / width)
})

test('tensors along a path are the parameters there, and stay when another point is taken', () => {
  const { approach, parameters } = wide()
  const path = pathOf(parameters, approach)
  const points = [0, 0.3, 1].map(tau => ({ tau, tensors: path.tensorsAt(tau) }))
  for (const { tau, tensors } of points) {
    const expected = along(parameters, approach, tau)
    for (const [name, { data, shape }] of Object.entries(expected)) {
      expect(tensors[name]?.shape).toEqual(shape)
      expect(tensors[name]?.dataSync()).toEqual(data)
    }
    tf.dispose(tensors)
  }
})
