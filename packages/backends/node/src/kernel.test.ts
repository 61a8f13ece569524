import * as tf from '@tensorflow/tfjs'
import { expect } from 'vitest'
import { installed, law } from '../test/law.ts'

installed()

law('strings may be held and reshaped; a kernel that would compute with them says which it is', () => {
  const words = tf.reshape(tf.tensor1d(['a', 'b'], 'string'), [2, 1])
  expect([...words.dataSync()].length).toBe(2)
  expect(() => tf.tile(words, [2, 2])).toThrow(/Tile: got dtype string, expected float32, int32 or bool/)
  expect(() => tf.equal(words, words)).toThrow(/Equal: got dtype string/)
})
