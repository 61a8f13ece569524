import { expect, test } from 'vitest'
import { agrees, unwatched } from '../shell/reading.ts'
import { compute } from './model.ts'

test.each([0, 1, 3])('a LayerNorm has its kernel at scales spread over %i decades', async spread => {
  for (const width of [3, 8, 16]) {
    const { lines } = await compute({ norm: 'layernorm', width, spread, seed: 5 }, unwatched, [])
    expect(lines.map(agrees)).toEqual([true, true])
  }
})

test('an RMSNorm of equal scales varies in every direction alike', async () => {
  const { spectrum } = await compute({ norm: 'rmsnorm', width: 6, spread: 0, seed: 5 }, unwatched, [])
  expect(spectrum.at(-1)! / spectrum[0]!).toBeGreaterThan(0.5)
})
