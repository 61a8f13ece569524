import { expect, test } from 'vitest'
import { agrees, unwatched } from '../shell/reading.ts'
import { compute } from './model.ts'

test.each(['rescaling', 'rotation'] as const)('a %s leaves the loss and DDCAdam’s path, and bends Adam’s', async gauge => {
  const { lines, drift } = await compute({ gauge, size: 1, steps: 20, hidden: 4, seed: 3 }, unwatched, [])
  expect(lines.map(agrees)).toEqual([true, true, null])
  expect(drift.adam.at(-1)).toBeGreaterThan(1e-3)
  expect(drift.adam[0]).toBeLessThan(1e-14)
})

test('without a move nothing drifts', async () => {
  const { drift } = await compute({ gauge: 'rescaling', size: 0, steps: 10, hidden: 4, seed: 3 }, unwatched, [])
  expect(Math.max(...drift.adam, ...drift.ddcadam)).toBe(0)
})
