import { exactData, exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { standardNormals } from '@dead-directions/network'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { rotate } from './rotary.ts'

beforeAll(() => nodeBackend.install())

const [positions, headWidth] = [6, 4]

/** One query and one key, both at every position, turned. */
async function products(): Promise<number[][]> {
  const twice = (seed: number): number[] => Array.from({ length: positions }, () => [...standardNormals(seed, headWidth)]).flat()
  const x = exactTensor<tf.Rank.R4>([...twice(1), ...twice(2)], [1, 2, positions, headWidth])
  const turned = tf.tidy(() => rotate(x, 10000))
  const data = await exactData(turned)
  tf.dispose([x, turned])
  const at = (head: number, i: number): Float64Array => data.subarray((head * positions + i) * headWidth, (head * positions + i + 1) * headWidth)
  return Array.from({ length: positions }, (_, i) => Array.from({ length: positions }, (_, j) => at(0, i).reduce((sum, q, c) => sum + q * (at(1, j)[c] as number), 0)))
}

test('a score depends on the distance of its positions only, and does depend on it', async () => {
  const scores = await products()
  const score = (i: number, j: number): number => scores[i]?.[j] as number
  for (let i = 1; i < positions; i++) {
    for (let j = 1; j < positions; j++) expect(score(i, j)).toBeCloseTo(score(i - 1, j - 1), 14)
  }
  expect(Math.abs(score(0, 1) - score(0, 0))).toBeGreaterThan(0.1)
  expect(Math.abs(score(0, 1) - score(1, 0))).toBeGreaterThan(0.1)
})
