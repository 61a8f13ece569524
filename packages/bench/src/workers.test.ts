import { expect, it } from 'vitest'
import { twoAgainstOne } from './workers.ts'

it('times the same readouts on one worker, on two, and on two processes, with the ratios of the one round', async () => {
  const [one, two, apart, ...rest] = await twoAgainstOne({ layers: 2, width: 2, inputs: 10, readouts: 2, rounds: 1, before: 1 })
  expect([one, two, apart].map(quantity => quantity?.unit)).toEqual(['s', 's', 's'])
  const ratios = [two, apart].flatMap(other => Array.from({ length: 3 }, () => one!.value / other!.value))
  expect(rest.slice(0, 6).map(({ value }) => value)).toEqual(ratios)
  // The main thread only waits.
  expect(rest[6]?.value).toBeGreaterThan(0.2)
})
