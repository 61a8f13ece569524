import { expect, it } from 'vitest'
import { runBenchmark } from './benchmark.ts'

it('times what is there, says what is not, and puts the notes beside', async () => {
  const result = await runBenchmark(
    {
      name: 'sum',
      reference: 'loop',
      rounds: 30,
      prepare: async () => ({ loop: () => {}, library: 'not installed' }),
      notes: () => ({ loop: 'exact' }),
    },
    1,
  )
  expect(result).toMatchObject({ name: 'sum', reference: 'loop', rounds: 1 })
  expect(result.rows[0]).toMatchObject({ candidate: 'loop', ratio: { low: 1, median: 1, high: 1 }, note: 'exact' })
  expect(result.rows[1]).toEqual({ candidate: 'library', absent: 'not installed' })
})
