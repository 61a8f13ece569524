import { expect, test } from 'vitest'
import { standardNormals, uniforms } from './random.ts'

const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length

test('standard normals have the moments of the standard normal', () => {
  const z = standardNormals(1, 100_000)
  // Five standard errors of each moment.
  expect(Math.abs(mean(z))).toBeLessThan(5 / Math.sqrt(1e5))
  expect(Math.abs(mean(z.map(x => x * x)) - 1)).toBeLessThan(5 * Math.sqrt(2 / 1e5))
  expect(Math.abs(mean(z.map(x => x ** 4)) - 3)).toBeLessThan(5 * Math.sqrt(96 / 1e5))
})

test('first values of neighbouring seeds are independent', () => {
  const first = Float64Array.from({ length: 4000 }, (_, seed) => standardNormals(seed, 1)[0] as number)
  const products = first.slice(1).map((x, i) => x * (first[i] as number))
  expect(Math.abs(mean(first))).toBeLessThan(5 / Math.sqrt(4000))
  expect(Math.abs(mean(products))).toBeLessThan(5 / Math.sqrt(4000))
})

test('uniforms fill the unit interval evenly', () => {
  const u = uniforms(3, 100_000)
  expect(u.every(x => x >= 0 && x < 1)).toBe(true)
  expect(Math.abs(mean(u) - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / 1e5))
})

test('an odd count is a prefix of the even one', () => {
  expect(standardNormals(2, 5)).toEqual(standardNormals(2, 6).slice(0, 5))
})
