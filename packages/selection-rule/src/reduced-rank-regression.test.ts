import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reducedRankRegression } from './reduced-rank-regression.ts'

/** Inputs, hidden, outputs and rank, smallest size first decided so that the rank is always admissible. */
const shapes = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.nat(9), fc.nat(9), fc.nat(9)).map(([rank, a, b, c]) => ({
  rank,
  inputs: Math.max(rank, 1) + a,
  hidden: Math.max(rank, 1) + b,
  outputs: Math.max(rank, 1) + c,
}))

describe('reduced-rank regression', () => {
  test.each([
    [4, 3, 4, 1, '6', 1],
    [5, 3, 5, 2, '19/2', 2],
    [3, 2, 3, 0, '5/2', 1],
    [6, 4, 2, 1, '5', 1],
    [10, 3, 10, 3, '51/2', 1],
    [1, 1, 1, 0, '1/2', 2],
    [2, 2, 2, 0, '3/2', 1],
    [2, 2, 2, 1, '2', 2],
    [4, 2, 3, 0, '3', 2],
    [5, 3, 5, 0, '13/2', 2],
    [4, 3, 8, 0, '6', 1],
    [3, 8, 4, 0, '6', 1],
  ])('M, H, N, r = %i, %i, %i, %i gives λ = %s and m = %i', (inputs, hidden, outputs, rank, lambdaFraction, multiplicity) => {
    const [p, q = 1] = lambdaFraction.split('/').map(Number)
    expect(reducedRankRegression({ inputs, hidden, outputs, rank })).toMatchObject({ lambda: p! / q, lambdaFraction, multiplicity, nu: null })
  })

  test('removing the true rank leaves λ(M,H,N,r) - r(M+N-r)/2 = λ(M-r,H-r,N-r,0) with the same m', () => {
    fc.assert(
      fc.property(shapes, shape => {
        const { inputs, hidden, outputs, rank } = shape
        fc.pre(Math.min(inputs, hidden, outputs) > rank)
        const full = reducedRankRegression(shape)
        const rest = reducedRankRegression({ inputs: inputs - rank, hidden: hidden - rank, outputs: outputs - rank, rank: 0 })
        expect(full.lambda).toBe((rank * (inputs + outputs - rank)) / 2 + rest.lambda)
        expect(full.multiplicity).toBe(rest.multiplicity)
      }),
    )
  })

  test('a hidden layer as wide as needed at full rank is regular: half the number of free entries, m = 1', () => {
    // At r = H the maps of rank H form a manifold of dimension H(M + N - H); at H ≥ M + N every map is reached, λ = MN/2.
    for (const [M, H, N] of [[5, 2, 4], [3, 3, 7], [6, 1, 6]] as const)
      expect(reducedRankRegression({ inputs: M, hidden: H, outputs: N, rank: H })).toMatchObject({ lambda: (H * (M + N - H)) / 2, multiplicity: 1 })
    expect(reducedRankRegression({ inputs: 3, hidden: 9, outputs: 4, rank: 0 })).toMatchObject({ lambda: 6, multiplicity: 1 })
  })

  test('bad sizes and ranks are refused by name', () => {
    const shape = { inputs: 3, hidden: 2, outputs: 3, rank: 0 }
    expect(() => reducedRankRegression({ ...shape, inputs: 0 })).toThrow(new RangeError('inputs: got 0, expected an integer of at least 1'))
    expect(() => reducedRankRegression({ ...shape, hidden: 2.5 })).toThrow(new RangeError('hidden: got 2.5, expected an integer of at least 1'))
    expect(() => reducedRankRegression({ ...shape, outputs: NaN })).toThrow(new RangeError('outputs: got NaN, expected an integer of at least 1'))
    expect(() => reducedRankRegression({ ...shape, rank: 3 })).toThrow(new RangeError('rank: got 3, expected an integer from 0 to 2, the smallest size'))
    expect(() => reducedRankRegression({ ...shape, rank: -1 })).toThrow(RangeError)
  })
})
