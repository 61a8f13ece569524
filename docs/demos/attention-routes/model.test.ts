import { expect, test } from 'vitest'
import { agrees, unwatched } from '../shell/reading.ts'
import { compute } from './model.ts'

test.each([2, 4, 6])('measures min(4k, 4p + 8) at every block of a chain of %i', async blocks => {
  const { lines, measured } = await compute({ blocks, width: 3 }, unwatched, [])
  expect(lines.map(agrees)).toEqual(Array.from({ length: blocks }, () => true))
  measured.forEach((rate, p) => expect(rate).toBeCloseTo(Math.min(4 * (blocks - 1 - p), 4 * p + 8), 1))
})
