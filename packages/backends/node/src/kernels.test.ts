import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { kernels } from './kernels.ts'

const names = kernels.map(({ name }) => name)

test('no kernel has two computations', () => {
  expect(new Set(names).size).toBe(names.length)
})

test('every kernel has a name under which TensorFlow.js looks for it', () => {
  const known = new Set<unknown>(Object.values(tf))
  expect(names.filter(name => !known.has(name))).toEqual([])
})
