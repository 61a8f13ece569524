import fc from 'fast-check'
import { expect, test } from 'vitest'
import { intervalText, medianInterval, shortNumber, signTest } from './statistics.ts'

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1)

test.each([
  // 1 - 2 (½)^n between the ends, and 1 - 2 (1 + n) (½)^n between the second from each.
  [5, 3, 1, 5, 1 - 2 / 32],
  [6, 3.5, 1, 6, 1 - 2 / 64],
  [8, 4.5, 1, 8, 1 - 2 / 256],
  [9, 5, 2, 8, 1 - (2 * 10) / 512],
  [11, 6, 2, 10, 1 - (2 * 12) / 2048],
])('of 1 … %i the median is %d, between %i and %i with probability %d', (n, median, low, high, confidence) => {
  expect(medianInterval(upTo(n))).toEqual({ median, low, high, confidence, count: n })
})

test('the interval holds the median of uniform draws as often as it says', () => {
  let seed = 1
  const draw = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647
  const trials = 4000
  const { confidence } = medianInterval(upTo(9))
  const held = Array.from({ length: trials }, () => medianInterval(Array.from({ length: 9 }, draw))).filter(({ low, high }) => low <= 0.5 && high >= 0.5).length
  expect(Math.abs(held / trials - confidence)).toBeLessThan(4 * Math.sqrt((confidence * (1 - confidence)) / trials))
})

test('the order of values does not matter, and never counts as largest', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 15 }), values => {
    expect(medianInterval([...values].reverse())).toEqual(medianInterval(values))
  }))
  expect(medianInterval([Infinity, 2, Infinity]).median).toBe(Infinity)
  expect(medianInterval([1, 2, Infinity]).median).toBe(2)
})

test('no values and NaN are refused', () => {
  expect(() => medianInterval([])).toThrow('values: got none')
  expect(() => medianInterval([1, NaN])).toThrow('values: got NaN')
})

test.each([
  [[1, 1, 1, 1, 1], 2 / 32],
  [[-1, -1, -1, -1, -1, -1], 2 / 64],
  [[1, -1, -1, -1, -1, -1, 0], (2 * 7) / 64],
  [[1, -1], 1],
  [[0, 0], 1],
])('the sign test of %j gives %d', (differences, p) => expect(signTest(differences)).toBeCloseTo(p, 12))

test('numbers are short', () => {
  expect([0, 12, 0.12345, 1234.5, 1e-7, Infinity].map(shortNumber)).toEqual(['0', '12', '0.123', '1230', '1.0e-7', 'never'])
  expect(intervalText(medianInterval([1, 2, 3]))).toBe('2 [1, 3]')
})
