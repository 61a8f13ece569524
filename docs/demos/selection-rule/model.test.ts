import { expect, test } from 'vitest'
import { agrees, unwatched } from '../shell/reading.ts'
import { compute } from './model.ts'
import { sampledVolume } from './volume.ts'

const orders = [1, 2, 3, 4].flatMap(k1 => [1, 2, 3, 4].map(k2 => [k1, k2] as const))

test.each(['fibre', 'crossing'] as const)('volumes of a %s shrink with the rule’s exponent, whatever the orders and the prior', async shape => {
  for (const [k1, k2] of orders) {
    for (const h of [0, 1, 3]) {
      const { lines } = await compute({ shape, k1, k2, h, epsilon: 1e-3, seed: 7 }, unwatched, [])
      expect(lines.filter(line => 'refused' in line || agrees(line) === false)).toEqual([])
    }
  }
})

test('a sampled volume lies within five standard errors of its closed form', () => {
  // x² + y² < ε is a quarter of a disc; x y < δ has volume δ (1 - log δ).
  for (const seed of [1, 2, 3]) {
    const disc = sampledVolume({ shape: 'fibre', k1: 1, k2: 1, h: 0 }, 0.01, seed)
    expect(Math.abs(disc.value - (Math.PI * 0.01) / 4)).toBeLessThan(5 * disc.standardError)
    const product = sampledVolume({ shape: 'crossing', k1: 1, k2: 1, h: 0 }, 1e-4, seed)
    expect(Math.abs(product.value - 0.01 * (1 - Math.log(0.01)))).toBeLessThan(5 * product.standardError)
  }
})

test('the same seed gives the same volume', () => {
  const at = (seed: number) => sampledVolume({ shape: 'crossing', k1: 2, k2: 1, h: 1 }, 1e-3, seed).value
  expect(at(4)).toBe(at(4))
  expect(at(4)).not.toBe(at(5))
})
