import { expect, it } from 'vitest'
import { diagonalize } from './jacobi-symmetric.ts'
import { plainWorkspace } from './workspace.ts'

it('diagonalises [[2, 1], [1, 2]] into 1 and 3 with vectors along (1, ∓1)', () => {
  const space = plainWorkspace(8)
  space.data.set([2, 1, 1, 2, 1, 0, 0, 1])
  const values = diagonalize(space, { rows: 2, cols: 2, start: 0 }, { rows: 2, cols: 2, start: 4 })
  expect([...values]).toEqual([1, 3])
  expect(space.data[4]! * space.data[5]!).toBeCloseTo(-0.5, 15)
  expect(space.data[6]! * space.data[7]!).toBeCloseTo(0.5, 15)
})
