import fc from 'fast-check'
import { expect, it } from 'vitest'
import { blocksOf } from './gemm-blocks.ts'
import { planOf } from './gemm-round.ts'
import { areaLength, mostStrips } from './gemm-shared.ts'

it('every block fits in shared memory, and none is small where the product is large', () => {
  const size = fc.oneof(fc.integer({ min: 4, max: 200 }), fc.integer({ min: 200, max: 100_000 }))
  fc.assert(
    fc.property(size, size, size, fc.integer({ min: 1, max: 500 }), (m, n, k, count) => {
      const { items, rows, columns, depth } = blocksOf(count, m, n, k)
      expect(Math.min(items, rows, columns, depth)).toBeGreaterThanOrEqual(1)
      expect(items).toBeLessThanOrEqual(count)
      const { aLength, bLength, cLength, strips } = planOf({ items, rows: Math.min(rows, m), columns: Math.min(columns, n), depth: Math.min(depth, k), accumulate: false })
      expect(items * Math.max(aLength, bLength, cLength)).toBeLessThanOrEqual(areaLength)
      expect(items * strips).toBeLessThanOrEqual(mostStrips)
      if (Math.min(m, n, k) > 1100) expect(rows * columns * depth).toBeGreaterThan(areaLength ** 1.5 / 10)
    }),
    { numRuns: 2000 },
  )
})
