import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deepLinearNetwork } from './deep-linear-network.ts'
import { reducedRankRegression } from './reduced-rank-regression.ts'
import { rlct } from './rlct.ts'

const networks = fc
  .array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 7 })
  .chain(sizes => fc.record({ sizes: fc.constant(sizes), rank: fc.nat(Math.min(...sizes)) }))

/** Aoyagi's λ and m with her three inequalities tried on every set of layers, in floating point. */
function overEverySet(sizes: readonly number[], r: number): { lambda: number; multiplicity: number }[] {
  const excess = sizes.map(size => size - r)
  const found = []
  for (let set = 1; set < 1 << sizes.length; set++) {
    const inside = excess.filter((_, i) => (set >> i) & 1)
    const outside = excess.filter((_, i) => !((set >> i) & 1))
    const l = inside.length - 1
    const s = inside.reduce((a, b) => a + b, 0)
    const [top, next] = [Math.max(...inside), Math.min(...outside)]
    if (l < 1 || !(top < next && s >= l * top && (outside.length === 0 || s < l * next))) continue
    const a = s - (Math.ceil(s / l) - 1) * l
    const pairs = inside.reduce((sum, x, i) => sum + inside.slice(i + 1).reduce((t, y) => t + x * y, 0), 0)
    const first = (-r * r + r * (sizes[0]! + sizes.at(-1)!)) / 2
    found.push({ lambda: first + (a * (l - a)) / (4 * l) - ((l * (l - 1)) / 4) * (s / l) ** 2 + pairs / 2, multiplicity: a * (l - a) + 1 })
  }
  return found
}

describe('deep linear network', () => {
  test.each([
    [[5, 5, 5, 5], 0, '17/2', 3],
    [[5, 5, 5, 5], 2, '11', 1],
    [[10, 4, 6, 8], 3, '24', 1],
    [[1, 1, 1, 1], 0, '1/2', 3],
    [[1, 1, 1, 1], 1, '1/2', 1],
    [[2, 2, 2, 2], 0, '3/2', 3],
    [[2, 2, 2, 2], 1, '2', 3],
    [[5, 4, 3, 4, 5], 0, '5', 4],
    [[5, 4, 3, 4, 5], 2, '9', 2],
  ])('sizes %j at rank %i give λ = %s and m = %i', (sizes, rank, lambdaFraction, multiplicity) => {
    const [p, q = 1] = lambdaFraction.split('/').map(Number)
    expect(deepLinearNetwork(sizes, rank)).toMatchObject({ lambda: p! / q, lambdaFraction, multiplicity, nu: null })
  })

  test('three layers agree with reduced-rank regression for all sizes 1..7 and every rank', () => {
    let compared = 0
    for (let M = 1; M <= 7; M++)
      for (let H = 1; H <= 7; H++)
        for (let N = 1; N <= 7; N++)
          for (let rank = 0; rank <= Math.min(M, H, N); rank++, compared++) {
            const { lambdaFraction, multiplicity } = reducedRankRegression({ inputs: M, hidden: H, outputs: N, rank })
            expect(deepLinearNetwork([M, H, N], rank), `${[M, H, N, rank]}`).toMatchObject({ lambdaFraction, multiplicity })
          }
    expect(compared).toBe(7 ** 3 + 784) // every shape at rank 0, and Σ min(M, H, N) = 1³ + … + 7³ = 784 ranks above it
  })

  test('exactly one set of layers satisfies the published inequalities, and it gives the same λ and m', () => {
    fc.assert(
      fc.property(networks, ({ sizes, rank }) => {
        const [published, ...others] = overEverySet(sizes, rank)
        expect(others).toEqual([])
        const { lambda, multiplicity } = deepLinearNetwork(sizes, rank)
        expect(lambda).toBeCloseTo(published!.lambda, 10)
        expect(multiplicity).toBe(published!.multiplicity)
      }),
    )
  })

  test('reversing the layers changes nothing', () => {
    fc.assert(
      fc.property(networks, ({ sizes, rank }) => {
        expect(deepLinearNetwork([...sizes].reverse(), rank)).toEqual(deepLinearNetwork(sizes, rank))
      }),
    )
  })

  test('a width-one chain of L weights has λ = 1/2, m = L at rank 0 and m = 1 at rank 1', () => {
    for (let L = 1; L <= 8; L++) {
      expect(deepLinearNetwork(Array<number>(L + 1).fill(1), 0)).toMatchObject({ lambdaFraction: '1/2', multiplicity: L })
      expect(deepLinearNetwork(Array<number>(L + 1).fill(1), 1)).toMatchObject({ lambdaFraction: '1/2', multiplicity: 1 })
    }
  })

  test('one layer is regular: λ is half its number of entries', () => {
    for (const rank of [0, 2, 4]) expect(deepLinearNetwork([4, 7], rank)).toMatchObject({ lambda: 14, multiplicity: 1 })
  })

  test('a layer as narrow as the rank leaves only r(H_1 + H_{L+1} - r)/2 with m = 1', () => {
    expect(deepLinearNetwork([6, 2, 9, 5], 2)).toMatchObject({ lambda: 9, multiplicity: 1 })
    expect(deepLinearNetwork([2, 6, 7], 2)).toMatchObject({ lambda: 7, multiplicity: 1 })
  })

  test('λ stays exact where doubles would round', () => {
    // Three equal layers at rank 0: λ = 3n²/8 for even n.
    expect(deepLinearNetwork(Array<number>(3).fill(2 ** 40), 0).lambdaFraction).toBe(`${3n * 2n ** 77n}`)
  })

  test('a prior of order h on every weight of a chain takes λ to (h+1)/2, as its Newton polyhedron says', () => {
    for (const h of [1, 2, 5]) {
      const { lambdaFraction, multiplicity } = rlct('(w1 w2 w3)^2', { prior: `|w1 w2 w3|^${h}` })
      expect(deepLinearNetwork([1, 1, 1, 1], 0, h)).toMatchObject({ lambda: (h + 1) / 2, lambdaFraction, multiplicity })
    }
  })

  test('a prior that vanishes has no other closed form', () => {
    expect(() => deepLinearNetwork([2, 2, 2], 1, 1)).toThrow(
      new RangeError('priorOrder: got 1 for sizes 2, 2, 2 of rank 1, expected 0: beyond it only chains of width one and rank 0 have a closed form'),
    )
    expect(() => deepLinearNetwork([1, 1], 0, -1)).toThrow('priorOrder: got -1, expected an integer of at least 0')
  })

  test('bad sizes and ranks are refused by name', () => {
    expect(() => deepLinearNetwork([3], 0)).toThrow(new RangeError('sizes: got 1 entries, expected an array of at least 2'))
    expect(() => deepLinearNetwork([3, 0, 2], 0)).toThrow(new RangeError('sizes[1]: got 0, expected an integer of at least 1'))
    expect(() => deepLinearNetwork([3, 2, 4], 3)).toThrow(new RangeError('rank: got 3, expected an integer from 0 to 2, the smallest size'))
  })
})
