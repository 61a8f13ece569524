import { expect, test } from 'vitest'
import { agrees, unwatched } from '../shell/reading.ts'
import { compute } from './model.ts'

test.each([2, 3, 4, 5])('curvature, both volumes and the Fisher form tell of k = %i', async k => {
  const { lines } = await compute({ k, bound: 1000 }, unwatched, [])
  expect(lines.map(line => [line.name, agrees(line)])).toEqual(lines.map(({ name }) => [name, true]))
  expect(lines).toHaveLength(7)
})

test('measures -1/(4 t² (1 + t²)²) at k = 2', async () => {
  const { t, curvature } = await compute({ k: 2, bound: 1000 }, unwatched, [])
  t.forEach((distance, i) => expect(curvature[i]! * -4 * distance ** 2 * (1 + distance ** 2) ** 2).toBeCloseTo(1, 6))
})
