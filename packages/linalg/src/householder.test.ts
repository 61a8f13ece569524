import { expect, it } from 'vitest'
import { randomEntries } from '../test/random.ts'
import { applyQ, applyQTransposed, factorHouseholder } from './householder.ts'
import { plainWorkspace } from './workspace.ts'

it('turns each column into its column of R under Qᵀ, and back under Q', () => {
  const [m, n] = [7, 4]
  const space = plainWorkspace(2 * m * n)
  const columns = randomEntries(m * n, 1)
  space.data.set(columns)
  space.data.set(columns, m * n)
  const reflectors = factorHouseholder(space, { rows: n, cols: m, start: 0 }, false)
  const copies = { rows: n, cols: m, start: m * n }
  applyQTransposed(reflectors, copies)
  for (let j = 0; j < n; j++)
    for (let i = 0; i < m; i++)
      expect(space.data[copies.start + j * m + i]).toBeCloseTo(i <= j ? space.data[j * m + i]! : 0, 14)
  applyQ(reflectors, copies)
  columns.forEach((value, i) => expect(space.data[copies.start + i]).toBeCloseTo(value, 14))
})

it('stops where only zero columns remain', () => {
  const space = plainWorkspace(6)
  space.data.set([0, 0, 0, 3, 4, 0])
  const { steps, permutation } = factorHouseholder(space, { rows: 2, cols: 3, start: 0 }, true)
  expect(steps).toBe(1)
  expect(permutation).toEqual(Int32Array.of(1, 0))
})
