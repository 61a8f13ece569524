import { expect, test } from 'vitest'
import { agrees, unwatched } from '../shell/reading.ts'
import { compute } from './model.ts'

const state = { regime: 'layernorm', t: 0.01, floor: 1e-10, leak: 1e-3, blocks: 1 } as const

test('three regimes in sight: slopes agree with the closed form and pass 1 and 3 at the crossovers, or the fit is refused', async () => {
  for (const t of [1e-5, 1e-3, 0.3]) {
    const { lines } = await compute({ ...state, t }, unwatched, [])
    expect(lines.filter(line => agrees(line) === false)).toEqual([])
    expect(lines.filter(line => line.name.startsWith('slope at'))).toHaveLength(2)
  }
})

test('a slope that climbs from one plateau to the next is not averaged', async () => {
  const { lines } = await compute({ ...state, floor: 1e-14, leak: 1e-8 }, unwatched, [])
  const [rate] = lines.slice(-1)
  expect('refused' in rate! || Math.abs(rate!.estimate) < 0.05).toBe(true)
})

test.each([1, 2, 3])('%i SwiGLU blocks measure moment rate 6 (2^n - 1)', async blocks => {
  const { lines } = await compute({ ...state, regime: 'swiglu', blocks }, unwatched, [])
  expect(lines.map(agrees)).toEqual(lines.map(() => true))
  const last = lines.at(-1)!
  expect('estimate' in last && Math.abs(last.estimate - 6 * (2 ** blocks - 1))).toBeLessThan(0.05)
})
