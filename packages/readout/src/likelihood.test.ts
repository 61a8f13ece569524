import { describe, expect, test } from 'vitest'
import { divergence, outputMoment } from './likelihood.ts'

const softmax = (z: readonly number[]): number[] => {
  const powers = z.map(Math.exp)
  return powers.map(power => power / powers.reduce((a, b) => a + b, 0))
}

describe('divergence', () => {
  test('of unit Gaussians is half the squared distance of the means', () => {
    expect(divergence('gaussian', Float64Array.of(1, 2, 0, 0), Float64Array.of(1, 5, 0, 1), 2, 0).value).toBe((9 + 1) / 2 / 2)
  })

  test('of categoricals is Σ p log(p/q)', () => {
    const [from, to] = [[0.3, -1, 2], [1.3, 0.2, -0.5]]
    const [p, q] = [softmax(from), softmax(to)]
    const expected = p.reduce((sum, pi, i) => sum + pi * Math.log(pi / (q[i] as number)), 0)
    expect(divergence('categorical', Float64Array.from(from), Float64Array.from(to), 3, 0).value).toBeCloseTo(expected, 14)
  })

  test('keeps its relative precision where the definition has lost all digits', () => {
    // For a small change d of the logits, K is half the variance of d under p, to relative order d.
    const logits = Float64Array.of(0, 1, 2)
    const change = [0, 1e-9, 3e-9]
    const moved = logits.map((z, i) => z + (change[i] as number))
    const real = moved.map((z, i) => z - (logits[i] as number))
    const p = softmax([...logits])
    const mean = p.reduce((sum, pi, i) => sum + pi * (real[i] as number), 0)
    const variance = p.reduce((sum, pi, i) => sum + pi * ((real[i] as number) - mean) ** 2, 0)
    expect(divergence('categorical', logits, moved, 3, 0).value / (variance / 2)).toBeCloseTo(1, 7)
  })

  test('does not see a shift of all logits', () => {
    expect(divergence('categorical', Float64Array.of(0, 1), Float64Array.of(8, 9), 2, 0).value).toBe(0)
  })
})

test('outputMoment is the mean of dᵀ H d', () => {
  const p = softmax([0.2, 1])
  const d = [3, -1]
  const expected = p.reduce((sum, pi, i) => sum + pi * (d[i] as number) ** 2, 0) - p.reduce((sum, pi, i) => sum + pi * (d[i] as number), 0) ** 2
  expect(outputMoment('categorical', Float64Array.of(0.2, 1), Float64Array.from(d), 2)).toBeCloseTo(expected, 14)
  expect(outputMoment('gaussian', Float64Array.of(0, 0, 0, 0), Float64Array.of(3, 4, 0, 1), 2)).toBe(13)
})
