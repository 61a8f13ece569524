import { expect, it } from 'vitest'
import { randomEntries } from '../test/random.ts'
import { orthogonalizeRows } from './jacobi.ts'
import { plainWorkspace } from './workspace.ts'

it('leaves orthogonal rows, longest first, that W times the given rows reproduce', () => {
  const [n, m] = [5, 8]
  const x = { rows: n, cols: m, start: 0 }
  const w = { rows: n, cols: n, start: n * m }
  const given = { start: w.start + n * n }
  const space = plainWorkspace(given.start + n * m)
  const entries = randomEntries(n * m, 3)
  space.data.set(entries)
  for (let i = 0; i < n; i++) space.data[w.start + i * n + i] = 1
  const lengths = orthogonalizeRows(space, x, w)
  for (let p = 0; p < n; p++) {
    for (let q = 0; q < n; q++)
      expect(space.dot(p * m, q * m, m)).toBeCloseTo(p === q ? lengths[p]! ** 2 : 0, 13)
    if (p > 0) expect(lengths[p]).toBeLessThanOrEqual(lengths[p - 1]!)
    for (let j = 0; j < m; j++) {
      let sum = 0
      for (let k = 0; k < n; k++) sum += space.data[w.start + p * n + k]! * entries[k * m + j]!
      expect(space.data[p * m + j]).toBeCloseTo(sum, 14)
    }
  }
})
