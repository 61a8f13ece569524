import { expect, it } from 'vitest'
import { twoAgainstOne } from './workers.ts'

it('times the same readouts on one worker and on two, with the ratio of the one round', async () => {
  const [one, two, median, low, high] = await twoAgainstOne({ layers: 2, width: 2, inputs: 10, readouts: 2, rounds: 1 })
  expect([one, two].map(quantity => quantity?.unit)).toEqual(['s', 's'])
  expect([one!.value / two!.value, low?.value, high?.value]).toEqual([median?.value, median?.value, median?.value])
})
