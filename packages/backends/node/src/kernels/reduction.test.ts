import { exactTensor } from '@dead-directions/autodiff'
import * as tf from '@tensorflow/tfjs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { read64, expectClose, installed, law, samples } from '../../test/law.ts'

installed()

test('a fold over some axes collects the entries whose other indices agree', () => {
  const folds: [(x: tf.Tensor, axes: number[]) => tf.Tensor, (values: number[]) => number][] = [
    [tf.sum, values => values.reduce((a, b) => a + b, 0)],
    [tf.prod, values => values.reduce((a, b) => a * b, 1)],
    [tf.mean, values => values.reduce((a, b) => a + b, 0) / values.length],
    [tf.max, values => Math.max(...values)],
    [tf.min, values => Math.min(...values)],
  ]
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }), fc.nat(15), (shape, mask) => {
      const axes = [...shape.keys()].filter(axis => mask & (1 << axis))
      if (axes.length === 0) return
      tf.tidy(() => {
        const x = samples(shape)
        const groups = new Map<string, number[]>()
        read64(x).forEach((value, k) => {
          let rest = k
          const index = shape.toReversed().map(length => [rest % length, (rest = Math.floor(rest / length))][0]!)
          index.reverse()
          const key = index.filter((_, axis) => !axes.includes(axis)).join()
          groups.set(key, [...(groups.get(key) ?? []), value])
        })
        for (const [fold, plain] of folds) expectClose(fold(x, axes), [...groups.values()].map(plain))
      })
    }),
    { seed: 1, numRuns: 60 },
  )
})

law('a sum keeps what float32 would drop', () => {
  expect(read64(tf.sum(exactTensor([1, 1e-12, -1], [3])))[0]).toBe(1 + 1e-12 - 1)
})

/** What a row adds up to: each fourth entry by itself, the four sums in pairs, then what is left over. */
function inFour(row: readonly number[]): number {
  const whole = row.length - (row.length % 4)
  const [a, b, c, d] = [0, 1, 2, 3].map(part => row.filter((_, i) => i < whole && i % 4 === part).reduce((sum, value) => sum + value, 0)) as [number, number, number, number]
  return row.slice(whole).reduce((sum, value) => sum + value, a + b + (c + d))
}

law('rows are added up in four parts and columns one row after the other, to the last bit', () => {
  for (const [rows, n] of [[1, 1], [3, 4], [9, 7], [16, 31], [5, 1000]] as const) {
    const x = samples([rows, n])
    const all = [...read64(x)]
    const table = Array.from({ length: rows }, (_, r) => all.slice(r * n, (r + 1) * n))
    expect([...read64(tf.sum(x, 1))]).toEqual(table.map(inFour))
    expect([...read64(tf.sum(x, 0))]).toEqual(table.reduce((sums, row) => sums.map((sum, p) => sum + row[p]!)))
    expect(read64(tf.sum(x))[0]).toBe(inFour(all))
  }
})

law('NaN, infinities and signed zeros go through a fold at whatever place of a row or a column they stand', () => {
  const extremes: readonly (readonly [special: number, sum: number, product: number, greatest: number, least: number])[] = [
    [NaN, NaN, NaN, NaN, NaN],
    [Infinity, Infinity, -Infinity, Infinity, -1],
    [-Infinity, -Infinity, Infinity, -1, -Infinity],
    [0, -8, -0, 0, -1],
    [-0, -8, 0, -0, -1],
  ]
  for (const [special, ...expected] of extremes)
    for (let at = 0; at < 9; at++) {
      // Eight times -1 beside the special entry; products have -1 seven times, so that their sign tells.
      const row = Array.from({ length: 9 }, (_, i) => (i === at ? special : -1))
      const odd = row.with((at + 1) % 9, 1)
      for (const axis of [0, 1]) {
        const shape = axis === 0 ? [9, 1] : [1, 9]
        const [x, y] = [exactTensor(row, shape), exactTensor(odd, shape)]
        expect([tf.sum(x, axis), tf.prod(y, axis), tf.max(x, axis), tf.min(x, axis)].map(t => read64(t)[0])).toEqual(expected)
      }
    }
  expect(read64(tf.sum(exactTensor([Infinity, 1, 2, 3, -Infinity], [5])))[0]).toBeNaN()
  expect(read64(tf.sum(exactTensor([-0, -0, -0, -0, -0], [5])))[0]).toBe(0)
})

law('sums of bool count, sums of int32 stay whole and means are floats', () => {
  expect(tf.sum(tf.tensor1d([1, 1, 0], 'bool')).dataSync()[0]).toBe(2)
  expect(tf.sum(tf.tensor1d([1, 2], 'int32')).dtype).toBe('int32')
  expect(tf.mean(tf.tensor1d([1, 2], 'int32')).dataSync()[0]).toBe(1.5)
  expect([tf.max(tf.tensor1d([-5, -3], 'int32')).dataSync()[0], tf.min(tf.tensor1d([5, 3], 'int32')).dataSync()[0]]).toEqual([-3, 3])
})

law('the empty sum is 0, the empty product 1, the empty maximum -∞', () => {
  const x = tf.zeros([2, 0])
  expect([...tf.sum(x, 1).dataSync()]).toEqual([0, 0])
  expect([...tf.prod(x, 1).dataSync()]).toEqual([1, 1])
  expect([...tf.max(x, 1).dataSync()]).toEqual([-Infinity, -Infinity])
})

law('the first of equals is the greatest, along any axis', () => {
  const x = tf.tensor3d([1, 5, 5, 2, 7, 0, 7, 9], [2, 2, 2])
  expect([...tf.argMax(x, 0).dataSync()]).toEqual([1, 0, 1, 1])
  expect([...tf.argMax(x, 1).dataSync()]).toEqual([1, 0, 0, 1])
  expect([...tf.argMin(x, 2).dataSync()]).toEqual([0, 1, 1, 0])
})

law('a running sum adds from either end, with or without the entry itself', () => {
  const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3])
  expect([...tf.cumsum(x, 1).dataSync()]).toEqual([1, 3, 6, 4, 9, 15])
  expect([...tf.cumsum(x, 1, true, true).dataSync()]).toEqual([5, 3, 0, 11, 6, 0])
  expect([...tf.cumsum(x, 0).dataSync()]).toEqual([1, 2, 3, 5, 7, 9])
  expect([...tf.cumprod(x, 1, true).dataSync()]).toEqual([1, 1, 2, 1, 4, 20])
})
