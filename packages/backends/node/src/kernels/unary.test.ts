import { exactTensor } from '@dead-directions/autodiff'
import * as tf from '@tensorflow/tfjs'
import { expect } from 'vitest'
import { read64, installed, law } from '../../test/law.ts'

installed()

/** Arguments and values to twenty digits, from the series and from mpmath. */
const tabulated: [string, (x: tf.Tensor) => tf.Tensor, [number, number][]][] = [
  [
    'erf',
    tf.erf,
    [
      [1e-10, 1.12837916709551257390e-10],
      [0.5, 0.52049987781304653768],
      [1, 0.84270079294971486934],
      [-2, -0.99532226501895273416],
      [3.5, 0.99999925690162765859],
    ],
  ],
  [
    'softplus',
    tf.softplus,
    [
      [-700, 9.8596765437597708567e-305],
      [-40, 4.2483542552915889863e-18],
      [-1, 0.31326168751822283405],
      [0, 0.69314718055994530942],
      [1, 1.3132616875182228340],
      [40, 40],
      [800, 800],
    ],
  ],
  [
    'sigmoid',
    tf.sigmoid,
    [
      [-700, 9.8596765437597708567e-305],
      [-40, 4.2483542552915889773e-18],
      [1, 0.73105857863000487925],
      [40, 1],
    ],
  ],
  [
    'tanh',
    tf.tanh,
    [
      [1e-8, 9.9999999999999996667e-9],
      [0.5, 0.46211715726000975850],
      [-1, -0.76159415595576488812],
    ],
  ],
  ['expm1', tf.expm1, [[1e-12, 1.0000000000005e-12]]],
  ['log1p', tf.log1p, [[1e-12, 9.999999999995e-13]]],
  ['elu', tf.elu, [[-1e-12, -9.999999999995e-13]]],
]

for (const [name, f, table] of tabulated) {
  law(`${name} is right to 1e-15`, () => {
    const x = exactTensor(
      table.map(([x]) => x),
      [table.length],
    )
    read64(f(x)).forEach((value, i) => expect(Math.abs(value / table[i]![1] - 1)).toBeLessThanOrEqual(1e-15))
  })
}

law('halves are rounded to the even neighbour', () => {
  expect([...tf.round(tf.tensor1d([-1.5, -0.5, 0.5, 1.5, 2.5, 2.6])).dataSync()]).toEqual([-2, 0, 0, 2, 2, 3])
})

law('NaN goes through relu and step, and is found by isNaN', () => {
  const x = tf.tensor1d([NaN, -1, 2])
  expect([...tf.relu(x).dataSync()]).toEqual([NaN, 0, 2])
  expect([...tf.step(x).dataSync()]).toEqual([NaN, 0, 1])
  expect([...tf.isNaN(x).dataSync()]).toEqual([1, 0, 0])
})

law('functions with a corner are their definition at every kind of number, to the sign of a zero', () => {
  const kinds = [NaN, Infinity, -Infinity, 0, -0, 5e-324, -5e-324, 1.5, -1.5, 1, -1, 6, 7, 1e308, -1e308]
  const functions: [(x: tf.Tensor) => tf.Tensor, (x: number) => number][] = [
    [tf.relu, x => Math.max(x, 0)],
    [tf.relu6, x => Math.min(Math.max(x, 0), 6)],
    [x => tf.leakyRelu(x, 0.25), x => (x < 0 ? 0.25 * x : x)],
    [x => tf.prelu(x, tf.fill([1], 0.25)), x => (x < 0 ? 0.25 * x : x)],
    [x => tf.step(x, 0.25), x => (Number.isNaN(x) ? x : x > 0 ? 1 : 0.25)],
    [x => tf.clipByValue(x, -1, 6), x => (Number.isNaN(x) ? x : x === 0 ? x : Math.min(Math.max(x, -1), 6))],
    [tf.sign, x => (Number.isNaN(x) ? 0 : Math.sign(x) + 0)],
  ]
  // Every rotation, so that each kind follows on each other kind.
  for (const [f, plain] of functions)
    for (let turn = 0; turn < kinds.length; turn++) {
      const x = [...kinds.slice(turn), ...kinds.slice(0, turn)]
      expect([...read64(f(exactTensor(x, [x.length])))]).toEqual(x.map(plain))
    }
})

law('int32 stays int32', () => {
  const x = tf.tensor1d([-3, 4], 'int32')
  expect([tf.abs(x).dtype, tf.square(x).dtype, tf.neg(x).dtype]).toEqual(['int32', 'int32', 'int32'])
  expect([...tf.square(x).dataSync()]).toEqual([9, 16])
})
