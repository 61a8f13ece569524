import { expect, it } from 'vitest'
import { orthonormalityError } from '../test/closeness.ts'
import { fromRows, transpose } from './matrix.ts'
import { completeRows, unitRows } from './orthonormal.ts'
import { plainWorkspace } from './workspace.ts'

it('fills the rows behind the known ones and leaves these alone', () => {
  const known = [[0.6, 0, 0.8, 0], [0, 1, 0, 0]]
  const completed = completeRows(fromRows([...known, [9, 9, 9, 9], [0, 0, 0, 0]]), 2)
  expect([...completed.data.slice(0, 8)]).toEqual(known.flat())
  expect(orthonormalityError(transpose(completed))).toBeLessThan(1e-15)
})

it('divides rows by their lengths and leaves those without length zero', () => {
  const space = plainWorkspace(6)
  space.data.set([0, 3, 4, 0, 0, 0])
  const unit = unitRows(space, { rows: 2, cols: 3, start: 0 }, Float64Array.of(5, 0))
  expect([...unit.data]).toEqual([0, 0.6, 0.8, 0, 0, 0, 0, 0, 0])
})
