import { expect, test } from 'vitest'
import { manifestWeights } from './layers-model-weights.ts'

const floats = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer)
const entry = (name: string, shape: unknown, more: object = {}): object => ({ name, shape, dtype: 'float32', ...more })
const group = (...weights: object[]): object => ({ paths: [], weights })

test('reads weights one after the other over groups, also those that a network does not use', () => {
  const bytes = Uint8Array.from([...new Uint8Array(Int32Array.of(-9).buffer), ...floats(1.5, 2), 1, ...floats(-3)])
  const manifest = [group(entry('iter', [], { dtype: 'int32' }), entry('a', [2])), group(entry('on', [1], { dtype: 'bool' }), entry('b', [1, 1]))]
  expect(Array.from(manifestWeights(manifest, bytes, 'm'), ([name, { shape, data }]) => [name, shape, [...data]])).toEqual([
    ['iter', [], [-9]],
    ['a', [2], [1.5, 2]],
    ['on', [1], [1]],
    ['b', [1, 1], [-3]],
  ])
})

test.each<[unknown, Uint8Array, string]>([
  [[group(entry('a', [3]))], floats(1, 2), 'm "a" shards: got 8, expected at least 12 bytes of weights'],
  [[group(entry('a', [1]))], floats(1, 2), 'm shards: got 8, expected 4 bytes of weights'],
  [[group(entry('a', [1]), entry('a', [1]))], floats(1, 2), 'm "a": got "a", expected each weight once'],
  [[group(entry('a', [-1]))], floats(1), 'm.0.weights.0.shape.0: got -1, expected'],
  [[group(entry('a', [2 ** 30, 2 ** 30]))], floats(1), 'm "a".shape: got [1073741824,1073741824], expected'],
  [[group(entry('a', [1], { dtype: 'string' }))], floats(1), 'm.0.weights.0.dtype: got "string", expected'],
  [[group(entry('a', [1], { quantization: { dtype: 'uint8', scale: '1', min: 0 } }))], floats(1), 'm.0.weights.0.quantization'],
  [{}, floats(), 'm: got {}, expected an array'],
])('refuses a manifest that does not fit its bytes', (manifest, bytes, message) => {
  expect(() => manifestWeights(manifest, bytes, 'm')).toThrow(message)
})
