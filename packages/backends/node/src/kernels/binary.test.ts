import { exactTensor } from '@dead-directions/autodiff'
import * as tf from '@tensorflow/tfjs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { read64, installed, law, samples } from '../../test/law.ts'

installed()

/** Shape of the result, then for each operand which axes it has at full length. */
const broadcasts = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom('both', 'left', 'right')), { maxLength: 4 })

test('broadcasting pairs entries as indices modulo length do', () => {
  fc.assert(
    fc.property(broadcasts, fc.nat(4), (axes, dropped) => {
      tf.tidy(() => {
        const shape = axes.map(([length]) => length)
        const left = axes.map(([length, held]) => (held === 'right' ? 1 : length))
        const right = axes.map(([length, held]) => (held === 'left' ? 1 : length))
        while (right.length > 0 && right[0] === 1 && right.length > axes.length - dropped) right.shift()
        const [a, b] = [samples(left, 1), samples(right, 2)]
        const [x, y, z] = [a, b, tf.sub(a, b)].map(read64) as [Float64Array, Float64Array, Float64Array]
        const expectedShape = shape.map((_, i) => Math.max(left[i]!, right[i - shape.length + right.length] ?? 1))
        expect(tf.sub(a, b).shape).toEqual(expectedShape)
        const place = (index: number[], of: number[]): number =>
          of.reduce((sum, length, i) => sum * length + (index[i + index.length - of.length]! % length), 0)
        for (let k = 0; k < z.length; k++) {
          let rest = k
          const index = expectedShape.toReversed().map(length => [rest % length, (rest = Math.floor(rest / length))][0]!)
          index.reverse()
          expect(z[k]).toBe(x[place(index, left)]! - y[place(index, right)]!)
        }
      })
    }),
    { seed: 1 },
  )
})

law('an operation is the same number by number, whichever operand is repeated and whatever it meets', () => {
  const special = [NaN, Infinity, -Infinity, 0, -0, 1, -2.5, 5e-324, 1e308]
  const operations: [(a: tf.Tensor, b: tf.Tensor) => tf.Tensor, (a: number, b: number) => number][] = [
    [tf.add, (a, b) => a + b],
    [tf.sub, (a, b) => a - b],
    [tf.mul, (a, b) => a * b],
    [tf.div, (a, b) => a / b],
    [tf.maximum, Math.max],
    [tf.squaredDifference, (a, b) => (a - b) ** 2],
    [tf.greater, (a, b) => (a > b ? 1 : 0)],
    [tf.greaterEqual, (a, b) => (a >= b ? 1 : 0)],
    [tf.less, (a, b) => (a < b ? 1 : 0)],
    [tf.lessEqual, (a, b) => (a <= b ? 1 : 0)],
    [tf.equal, (a, b) => (a === b ? 1 : 0)],
    [tf.notEqual, (a, b) => (a !== b ? 1 : 0)],
  ]
  const n = special.length
  const [row, column] = [exactTensor(special, [n]), exactTensor(special, [n, 1])]
  const [across, down] = [tf.tile(tf.reshape(row, [1, n]), [n, 1]), tf.tile(column, [1, n])]
  for (const [operation, plain] of operations) {
    const expected = special.flatMap(a => special.map(b => plain(a, b)))
    const pairs = [[column, row], [down, row], [column, across], [down, across]] as const
    for (const [a, b] of pairs) expect([...operation(a, b).dataSync()]).toEqual(expected)
    special.forEach((value, i) => {
      const scalar = exactTensor([value], [])
      expect([...operation(scalar, row).dataSync()]).toEqual(expected.slice(i * n, (i + 1) * n))
      expect([...operation(row, scalar).dataSync()]).toEqual(special.map(a => plain(a, value)))
    })
    expect(operation(tf.zeros([0, 3]), tf.zeros([3])).shape).toEqual([0, 3])
    expect(operation(tf.zeros([]), tf.zeros([2, 0])).shape).toEqual([2, 0])
  }
})

law('every digit takes part', () => {
  const x = exactTensor([1 + 1e-12], [1])
  expect(read64(tf.sub(x, 1))[0]).toBe(1 + 1e-12 - 1)
  expect(tf.equal(x, tf.ones([1])).dataSync()[0]).toBe(0)
  expect(tf.greater(x, tf.ones([1])).dataSync()[0]).toBe(1)
})

law('floor division and modulus satisfy a = b·⌊a/b⌋ + mod with the sign of b', () => {
  for (const a of [-7, -6, 0, 5, 6]) {
    for (const b of [-3, 2, 4]) {
      const [quotient, rest] = [tf.floorDiv(a, b), tf.mod(a, b)].map(t => t.dataSync()[0]!) as [number, number]
      expect(b * quotient + rest).toBe(a)
      expect(rest === 0 || rest > 0 === b > 0).toBe(true)
    }
  }
})

law('maximum, minimum and comparisons treat NaN as IEEE does', () => {
  const [a, b] = [tf.tensor1d([NaN, 1]), tf.tensor1d([1, NaN])]
  expect([...tf.maximum(a, b).dataSync(), ...tf.minimum(a, b).dataSync()]).toEqual([NaN, NaN, NaN, NaN])
  expect([...tf.less(a, b).dataSync(), ...tf.notEqual(a, a).dataSync()]).toEqual([0, 0, 1, 0])
})

law('a choice broadcasts its condition', () => {
  const [t, e] = [tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.zeros([2, 2])]
  expect([...tf.where(tf.tensor2d([1, 0, 0, 1], [2, 2], 'bool'), t, e).dataSync()]).toEqual([1, 0, 0, 4])
  expect([...tf.where(tf.tensor1d([0, 1], 'bool'), t, e).dataSync()]).toEqual([0, 2, 0, 4])
  const [special, none] = [exactTensor([NaN, -0, Infinity, NaN], [4]), tf.zeros([4])]
  expect([...tf.where(tf.tensor1d([1, 1, 0, 0], 'bool'), special, none).dataSync()]).toEqual([NaN, -0, 0, 0])
  expect(tf.where(tf.tensor1d([1, 0], 'bool'), tf.tensor1d([7, 8], 'int32'), tf.tensor1d([-7, -8], 'int32')).dataSync()).toEqual(Int32Array.of(7, -8))
})

law('a sum of several is the sum of each', () => {
  const terms = [samples([2, 3], 1), samples([2, 3], 2), samples([2, 3], 3)]
  const [x, y, z] = terms.map(read64) as [Float64Array, Float64Array, Float64Array]
  expect([...read64(tf.addN(terms))]).toEqual([...x.map((value, i) => value + y[i]! + z[i]!)])
})
