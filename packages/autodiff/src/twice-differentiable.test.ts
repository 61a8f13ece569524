import * as tf from '@tensorflow/tfjs'
import { expect } from 'vitest'
import { differences, expectClose, installed, law, read64, samples } from '../test/law.ts'
import { exactTensor } from './exact-tensor.ts'


installed()

const at = [-1.3, -0.4, 0.3, 1.7]

function derivative(f: (x: tf.Tensor) => tf.Tensor, order: number): number[] {
  const repeated = Array.from({ length: order }).reduce<typeof f>(g => tf.grad((x: tf.Tensor) => tf.sum(g(x))), f)
  return [...read64(repeated(exactTensor(at, [at.length])))]
}

const sech2 = (x: number): number => 1 - Math.tanh(x) ** 2
const logistic = (x: number): number => 1 / (1 + Math.exp(-x))
const bell = (x: number): number => (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x)
const [scale, scaleAlpha] = [1.05070098735548, 1.75809934084737]

const closedForms: [string, (x: tf.Tensor) => tf.Tensor, (x: number) => number, (x: number) => number][] = [
  ['exp', tf.exp, Math.exp, Math.exp],
  ['tanh', tf.tanh, sech2, x => -2 * Math.tanh(x) * sech2(x)],
  ['sigmoid', tf.sigmoid, x => logistic(x) * logistic(-x), x => logistic(x) * logistic(-x) * (1 - 2 * logistic(x))],
  ['softplus', tf.softplus, logistic, x => logistic(x) * logistic(-x)],
  ['erf', tf.erf, bell, x => -2 * x * bell(x)],
  ['silu', x => tf.mul(x, tf.sigmoid(x)), x => logistic(x) * (1 + x * logistic(-x)), x => logistic(x) * logistic(-x) * (2 + x * (1 - 2 * logistic(x)))],
  ['relu', x => tf.mul(x, tf.relu(x)), x => 2 * Math.max(x, 0), x => (x > 0 ? 2 : 0)],
  ['elu', tf.elu, x => (x > 0 ? 1 : Math.exp(x)), x => (x > 0 ? 0 : Math.exp(x))],
  ['selu', tf.selu, x => (x > 0 ? scale : scaleAlpha * Math.exp(x)), x => (x > 0 ? 0 : scaleAlpha * Math.exp(x))],
  ['leakyRelu', x => tf.mul(x, tf.leakyRelu(x, 0.3)), x => (x > 0 ? 2 : 0.6) * x, x => (x > 0 ? 2 : 0.6)],
  ['cube', x => tf.pow(x, 3), x => 3 * x * x, x => 6 * x],
  [
    'tanh in tanh',
    x => tf.tanh(tf.mul(tf.tanh(x), 3)),
    x => 3 * sech2(3 * Math.tanh(x)) * sech2(x),
    x => -18 * Math.tanh(3 * Math.tanh(x)) * sech2(3 * Math.tanh(x)) * sech2(x) ** 2 - 6 * sech2(3 * Math.tanh(x)) * Math.tanh(x) * sech2(x),
  ],
]

for (const [name, f, first, second] of closedForms) {
  law(`first and second derivatives of ${name} are the closed forms`, () => {
    expectClose(derivative(f, 1), at.map(first), 4e-15)
    expectClose(derivative(f, 2), at.map(second), 4e-15)
  })
}

law('the third derivative of tanh is the closed form', () => {
  expectClose(derivative(tf.tanh, 3), at.map(x => (6 * Math.tanh(x) ** 2 - 2) * sech2(x)), 1e-14)
})

const weights = (x: tf.Tensor): tf.Tensor => exactTensor([1, -1, 2, 0.5], [4]).reshape(x.shape)
const secondOrder: [string, (x: tf.Tensor) => tf.Tensor][] = [
  ['softmax', x => tf.mul(tf.softmax(x), weights(x))],
  ['log-sum-exp', x => tf.logSumExp(x)],
  ['layer norm', x => tf.mul(tf.div(tf.sub(x, tf.mean(x)), tf.sqrt(tf.add(tf.moments(x).variance, 0.01))), weights(x))],
  ['rms norm', x => tf.mul(tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x)), 0.01))), weights(x))],
  ['gather', x => tf.square(tf.gather(tf.sin(x), tf.tensor1d([3, 0, 3], 'int32')))],
  ['where', x => tf.where(tf.greater(x, 0), tf.square(x), tf.sin(x))],
  ['max', x => tf.mul(tf.max(x), tf.square(x))],
  ['einsum', x => tf.einsum('i,j->ij', tf.tanh(x), tf.square(x))],
]

for (const [name, f] of secondOrder) {
  law(`the second derivative of ${name} agrees with differences of the first`, () => {
    const x = exactTensor(at, [4])
    const slope = (x: tf.Tensor): tf.Tensor => tf.sum(tf.mul(tf.grad((x: tf.Tensor) => tf.sum(f(x)))(x), weights(x)))
    expectClose(
      tf.grad(slope)(x),
      differences(x => read64(slope(x))[0]!, x),
      1e-8,
    )
  })
}

law('the gradients of an Einstein sum agree with differences, also over labels that one operand has alone', () => {
  for (const [equation, left, right] of [
    ['bij,bjk->bik', [2, 3, 2], [2, 2, 4]],
    ['ij,k->j', [3, 2], [4]],
    ['ij,ij->', [3, 2], [3, 2]],
  ] as [string, number[], number[]][]) {
    const [a, b] = [samples(left, 1), samples(right, 2)]
    const f = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.sum(tf.square(tf.einsum(equation, a, b)))
    const [da, db] = tf.grads(f)([a, b]) as [tf.Tensor, tf.Tensor]
    expectClose(da, differences(a => read64(f(a, b))[0]!, a), 1e-8)
    expectClose(db, differences(b => read64(f(a, b))[0]!, b), 1e-8)
    expect([da.shape, db.shape]).toEqual([left, right])
  }
})
