import { expect, test } from 'vitest'
import { tanhNetwork } from './tanh-network.ts'

test.each([
  [1, '1/2', 2],
  [2, '2/3', 1],
  [3, '5/6', 1],
  [4, '1', 2],
])('%i hidden units give λ = %s and m = %i', (hidden, lambdaFraction, multiplicity) => {
  expect(tanhNetwork(hidden)).toMatchObject({ lambdaFraction, multiplicity, nu: null })
})

test('λ is the smallest of (p + i² + i)/(4i + 2) over all i, and m counts the i that attain it', () => {
  for (let p = 1; p <= 200; p++) {
    const candidates = Array.from({ length: p + 1 }, (_, i) => (p + i * i + i) / (4 * i + 2))
    const least = Math.min(...candidates)
    const { lambda, multiplicity } = tanhNetwork(p)
    expect(lambda).toBeCloseTo(least, 12)
    expect(multiplicity).toBe(candidates.filter(value => Math.abs(value - least) < 1e-12).length)
  }
})

test('a network without hidden units is refused', () => {
  expect(() => tanhNetwork(0)).toThrow(new RangeError('hidden: got 0, expected an integer of at least 1'))
})
