import { expect, test } from 'vitest'
import { inputsOf } from './input-table.ts'

const x = 'inputs x.npy'

test('takes rows of the width asked for, and one axis as a column of width 1', () => {
  const data = Float64Array.of(1, 2, 3, 4)
  expect(inputsOf({ shape: [2, 2], data }, 2, x)).toEqual({ rows: 2, cols: 2, data })
  expect(inputsOf({ shape: [4], data }, 1, x)).toEqual({ rows: 4, cols: 1, data })
})

test.each([
  [[2, 5], 4, 'inputs x.npy columns: got 5, expected 4'],
  [[4], 4, 'inputs x.npy shape: got [4], expected [samples, 4]'],
  [[0, 4], 4, 'inputs x.npy rows: got 0, expected at least one'],
])('refuses shape %j at width %i', (shape, width, message) => {
  const data = new Float64Array(shape.reduce((product, side) => product * side, 1))
  expect(() => inputsOf({ shape, data }, width, x)).toThrow(message)
})

test('refuses NaN and infinities, naming the first', () => {
  expect(() => inputsOf({ shape: [2, 2], data: Float64Array.of(1, 2, -Infinity, NaN) }, 2, x)).toThrow(
    'inputs x.npy[1,0]: got -Infinity, expected a finite number',
  )
})
