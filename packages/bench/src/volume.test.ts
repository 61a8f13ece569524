import { expect, it } from 'vitest'
import { compared } from './volume.ts'

it('gives the rates of both modes and the spread of their ratio', async () => {
  const quantities = await compared(1, 2)
  expect(quantities.map(({ quantity }) => quantity)).toEqual(['webasm', 'cpu', 'webasm over cpu, median', 'webasm over cpu, low', 'webasm over cpu, high'])
  const [webasm, cpu, median, low, high] = quantities.map(({ value }) => value) as [number, number, number, number, number]
  expect(Math.min(webasm, cpu, low)).toBeGreaterThan(0)
  expect(low).toBeLessThanOrEqual(median)
  expect(median).toBeLessThanOrEqual(high)
})
