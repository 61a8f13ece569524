import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { naiveGemm } from '../test/naive-gemm.ts'
import { randomEntries } from '../test/random.ts'
import { gemm } from './gemm.ts'

const sizes = fc.constantFrom(0, 1, 2, 3, 4, 5, 7, 8, 11, 13, 16, 17, 23, 31, 37, 53)

describe('gemm', () => {
  it('has the bits of the triple loop for every shape, transpose and offset, and writes nothing outside C', () => {
    const offset = fc.integer({ min: 0, max: 5 })
    const arbitrary = fc.record({
      m: sizes,
      n: sizes,
      k: sizes,
      transposeA: fc.boolean(),
      transposeB: fc.boolean(),
      aOffset: offset,
      bOffset: offset,
      cOffset: offset,
      seed: fc.integer(),
    })
    fc.assert(
      fc.property(arbitrary, ({ seed, ...shape }) => {
        const { m, n, k, aOffset, bOffset, cOffset } = shape
        const a = randomEntries(aOffset + m * k, seed)
        const b = randomEntries(bOffset + k * n, seed + 1)
        const c = new Float64Array(cOffset + m * n + 3).fill(Number.NaN)
        gemm({ ...shape, a, b, c })
        expect(c.slice(cOffset, cOffset + m * n)).toEqual(naiveGemm({ ...shape, a, b, c }))
        expect([...c.slice(0, cOffset), ...c.slice(cOffset + m * n)].every(Number.isNaN)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    [128, 40, true],
    [150, 33, false],
    [200, 300, true],
  ])('has the bits of the triple loop for a Gram matrix of %i, summed over %i, from either side', (n, k, transposeA) => {
    const a = randomEntries(5 + n * k, n)
    const shape = { m: n, n, k, a, b: a, transposeA, transposeB: !transposeA, aOffset: 5, bOffset: 5, cOffset: 2 }
    const c = new Float64Array(n * n + 4).fill(Number.NaN)
    gemm({ ...shape, c })
    expect(c.slice(2, 2 + n * n)).toEqual(naiveGemm({ ...shape, c }))
    expect([...c.slice(0, 2), ...c.slice(2 + n * n)].every(Number.isNaN)).toBe(true)
  })

  it.each([
    [525, 3, 5],
    [6, 515, 7],
    [9, 5, 259],
    [521, 517, 2],
    [133, 10, 523],
  ])('crosses the block edges of %i × %i, summed over %i', (m, n, k) => {
    for (const transposeA of [false, true])
      for (const transposeB of [false, true]) {
        const options = { m, n, k, transposeA, transposeB, a: randomEntries(m * k, m), b: randomEntries(k * n, n) }
        const c = new Float64Array(m * n).fill(Number.NaN)
        gemm({ ...options, c })
        expect(Buffer.from(c.buffer).equals(Buffer.from(naiveGemm({ ...options, c }).buffer))).toBe(true)
      }
  })

  it('has the bits of one product after the other for batches, whatever lies between their factors', () => {
    for (const { m, n, k } of [{ m: 13, n: 11, k: 17 }, { m: 3, n: 5, k: 2 }, { m: 9, n: 1, k: 40 }])
      for (const [aStride, bStride] of [[m * k, k * n], [0, k * n + 3], [m * k + 2, 0]] as const) {
        const count = 4
        const factors = { m, n, k, a: randomEntries(3 * aStride + m * k, m), b: randomEntries(3 * bStride + k * n, n), transposeB: true }
        const c = new Float64Array(count * m * n)
        gemm({ ...factors, c, count, aStride, bStride })
        const one = Array.from({ length: count }, (_, item) => [...naiveGemm({ ...factors, c, aOffset: item * aStride, bOffset: item * bStride })])
        expect([...c]).toEqual(one.flat())
      }
    expect(() => gemm({ m: 1, n: 1, k: 1, a: new Float64Array(1), b: new Float64Array(2), c: new Float64Array(2), count: 2 })).toThrow('gemm: a has 1 entries, expected at least 2')
  })

  it('writes zeros when nothing is summed', () => {
    const c = new Float64Array(3000).fill(1)
    gemm({ m: 50, n: 60, k: 0, a: new Float64Array(), b: new Float64Array(), c })
    expect(c).toEqual(new Float64Array(3000))
  })

  it('keeps numbers near the ends of the float64 range', () => {
    const c = new Float64Array(400)
    const a = new Float64Array(400).fill(1e-160)
    gemm({ m: 20, n: 20, k: 20, a, b: a, c })
    expect(c).toEqual(naiveGemm({ m: 20, n: 20, k: 20, a, b: a, c }))
    expect(c[0]).toBeGreaterThan(0)
  })

  it('refuses bad sizes, short arrays and a C that overlaps a factor, naming the field', () => {
    const four = { m: 2, n: 2, k: 2, a: new Float64Array(4), b: new Float64Array(4), c: new Float64Array(4) }
    expect(() => gemm({ ...four, m: -1 })).toThrow('gemm: m is -1, expected a whole number of at least 0')
    expect(() => gemm({ ...four, k: 1.5 })).toThrow('gemm: k is 1.5')
    expect(() => gemm({ ...four, bOffset: 1 })).toThrow('gemm: b has 4 entries, expected at least 5')
    expect(() => gemm({ ...four, cOffset: -1 })).toThrow('gemm: cOffset is -1')
    expect(() => gemm({ ...four, c: four.a })).toThrow('gemm: c overlaps a in memory')
    const shared = new Float64Array(7)
    expect(() => gemm({ ...four, b: shared, c: shared, cOffset: 3 })).toThrow('gemm: c overlaps b')
  })

  it('works within one array when the parts are apart', () => {
    const shared = Float64Array.of(1, 2, 3, 4, 0)
    gemm({ m: 1, n: 1, k: 2, a: shared, b: shared, bOffset: 2, c: shared, cOffset: 4 })
    expect(shared).toEqual(Float64Array.of(1, 2, 3, 4, 11))
  })
})
