import { expect, test } from 'vitest'
import { agrees, unwatched } from '../shell/reading.ts'
import { compute } from './model.ts'

test('the polygon of x²y² + x⁶ + y⁶ has its corners at the three monomials', async () => {
  const { polygon } = await compute({ divergence: 'x^2*y^2 + x^6 + y^6', h: 0, g: 0 }, unwatched, [])
  expect(new Set(polygon?.monomials.map(({ a, b }) => `${a},${b}`))).toEqual(new Set(['2,2', '6,0', '0,6']))
  expect(polygon?.entry).toEqual({ a: 2, b: 2 })
  // Every traced point lies on one of its two edges, 2a + b = 6 on the left and a + 2b = 6 on the right.
  for (const { a, b } of polygon?.boundary ?? []) expect(a < 2 ? 2 * a + b : a + 2 * b).toBeCloseTo(6, 9)
})

test.each([
  ['x^6 + y^2', 0, 0, 1 / 6 + 1 / 2, 1],
  ['x^4*y^2', 1, 0, 1 / 2, 2],
  ['x^4', 2, 0, 3 / 4, 1],
])('%s under the prior of orders %i and %i has λ = %d, as another rule says', async (divergence, h, g, lambda, m) => {
  const { lines, result } = await compute({ divergence, h, g }, unwatched, [])
  expect(result.lambda).toBeCloseTo(lambda, 14)
  expect(result.multiplicity).toBe(m)
  expect(lines.map(agrees)).toEqual([true, true])
})

test('an upper bound is not shown as λ', async () => {
  const { lines } = await compute({ divergence: '(x - y)^2', h: 0, g: 0 }, unwatched, [])
  expect(lines).toHaveLength(1)
  expect(lines[0]).toHaveProperty('refused')
})

test('what is no divergence is named', async () => {
  await expect(async () => compute({ divergence: '1 + x', h: 0, g: 0 }, unwatched, [])).rejects.toThrow('expression: got 1 at the origin, expected 0 there')
})
