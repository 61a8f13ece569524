import { expect, test } from 'vitest'
import { normalQuantile } from './normal-quantile.ts'

test('gives the tabulated quantiles, on both sides and in the tails', () => {
  const tabulated = [
    [0.5, 0],
    [0.8413447460685429, 1],
    [0.975, 1.959963984540054],
    [0.9986501019683699, 3],
    [1e-9, -5.997807015007687],
  ] as const
  for (const [p, quantile] of tabulated) {
    expect(Math.abs(normalQuantile(p) - quantile)).toBeLessThan(1.2e-9 * Math.max(1, Math.abs(quantile)))
    expect(normalQuantile(1 - p)).toBeCloseTo(-quantile, 6)
  }
})
