import { expect, it } from 'vitest'
import { twoAgainstOne } from './workers.ts'

it('counts readouts a second on one worker, on two, and on two processes, with the ratios of the one round', async () => {
  const [one, two, apart, ...rest] = await twoAgainstOne({ layers: 2, width: 2, inputs: 10, rounds: 1, seconds: 0, before: 0 })
  expect([one, two, apart].map(quantity => quantity?.unit)).toEqual(['readouts/s', 'readouts/s', 'readouts/s'])
  const ratios = [two, apart].flatMap(other => Array.from({ length: 3 }, () => other!.value / one!.value))
  expect(rest.slice(0, 6).map(({ value }) => value)).toEqual(ratios)
  // The main thread only waits.
  expect(rest[6]?.value).toBeGreaterThan(0.2)
})
