import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { eachTap, inputsOf, outputsOf, windowOf } from './window.ts'

const window = windowOf(tf.backend_util.computeConv2DInfo([2, 3, 4, 1], [2, 2, 1, 1], 1, 1, 'same'))

test('an image is a volume of depth one', () => {
  expect([window.input, window.taps, window.output]).toEqual([[1, 3, 4], [1, 2, 2], [1, 3, 4]])
  expect([inputsOf(window), outputsOf(window)]).toEqual([24, 24])
})

test('taps outside the image are left out', () => {
  const taps: number[][] = []
  eachTap(window, (...tap) => taps.push(tap))
  // Rows 0 and 1 see 4 + 3 entries twice, row 2 once; two images.
  expect(taps.length).toBe(2 * (2 * 14 + 7))
  expect(taps.filter(([, , output]) => output === 11)).toEqual([[11, 0, 11]])
  expect(taps.filter(([, , output]) => output === 12)).toEqual([[12, 0, 12], [13, 1, 12], [16, 2, 12], [17, 3, 12]])
})
