import { expect, test } from 'vitest'
import type { Layer } from './layers-model-chain.ts'
import { denseChain, kerasActivation } from './layers-model-layers.ts'

const layer = (className: string, config: object = {}): Layer => ({ name: className.toLowerCase(), className, config })
const dense = (activation = 'linear'): Layer => layer('Dense', { units: 3, activation })
const fold = (...layers: Layer[]): ReturnType<typeof denseChain> => denseChain(layers, 'm')

test('folds activation layers into the dense layer before them and passes over what changes nothing at inference', () => {
  const chain = fold(
    layer('InputLayer', { batch_input_shape: [null, 5] }),
    layer('Flatten'),
    dense(),
    layer('Activation', { activation: 'swish' }),
    layer('Dropout', { rate: 0.5 }),
    layer('Dense', { units: 2, use_bias: false }),
    layer('ReLU', { max_value: null }),
    dense('tanh'),
  )
  expect(chain).toEqual({
    input: 5,
    softmax: false,
    layers: [
      { name: 'dense', units: 3, bias: true, activation: 'silu' },
      { name: 'dense', units: 2, bias: false, activation: 'relu' },
      { name: 'dense', units: 3, bias: true, activation: 'tanh' },
    ],
  })
})

test.each([[dense('softmax')], [dense(), layer('Softmax', { axis: 1 })], [dense(), layer('Activation', { activation: 'softmax' }), layer('Dropout')]])(
  'takes a softmax at the end off the output',
  (...layers) => {
    expect(fold(...layers)).toMatchObject({ softmax: true, layers: [{ activation: 'identity' }] })
  },
)

const supported = 'expected one of InputLayer, Dense, Activation, ReLU, Softmax, Dropout, Flatten'

test.each<[Layer[], string]>([
  [[layer('Conv2D')], `m layer "conv2d": got "Conv2D", ${supported}`],
  [[dense(), layer('toString')], `m layer "tostring": got "toString", ${supported}`],
  [[dense('elu')], 'm layer "dense".activation: got "elu", expected one of linear, relu, tanh, gelu, softplus, sigmoid, swish, silu, softmax'],
  [[dense('gelu_new')], 'm layer "dense".activation: got "gelu_new", expected one of linear'],
  [[dense('relu'), layer('Activation', { activation: 'tanh' })], 'got "tanh", expected a Dense layer between two activations'],
  [[layer('ReLU'), dense()], 'm layer "relu": got "relu", expected a Dense layer before the first activation'],
  [[dense(), layer('ReLU', { max_value: 6 })], 'm layer "relu".max_value: got 6, expected null'],
  [[dense(), layer('ReLU', { negative_slope: 0.1 })], 'm layer "relu".negative_slope: got 0.1, expected'],
  [[dense('softmax'), dense()], 'm layer "dense": got "Dense", expected no layer after the softmax'],
  [[dense('softmax'), layer('ReLU')], 'm layer "relu": got "relu", expected no activation after the softmax'],
  [[dense(), layer('Softmax', { axis: 0 })], 'm layer "softmax".axis: got 0, expected'],
  [[layer('InputLayer', { batch_input_shape: [null, 28, 28] }), layer('Flatten'), dense()], 'm layer "inputlayer".batch_input_shape: got'],
  [[dense(), layer('InputLayer')], 'm layer "inputlayer": got "InputLayer", expected an input before every other layer'],
  [[layer('Dense', { units: 0 })], 'm layer "dense".units: got 0, expected'],
  [[layer('Dropout')], 'm layers: got ["Dropout"], expected at least one Dense layer'],
])('refuses what a chain of dense layers cannot hold', (layers, message) => {
  expect(() => fold(...layers)).toThrow(message)
})

test('names activations as Keras does', () => {
  expect(['identity', 'silu', 'gelu'].map(name => kerasActivation(name, 'f'))).toEqual(['linear', 'swish', 'gelu'])
  expect(() => kerasActivation('elu', 'f')).toThrow('f: got "elu", expected one of identity, relu, tanh, gelu, softplus, sigmoid, silu')
})
