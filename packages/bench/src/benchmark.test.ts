import { expect, it } from 'vitest'
import { runBenchmark } from './benchmark.ts'

it('times what is there, says what is not, and puts the notes beside', async () => {
  const result = await runBenchmark(
    {
      name: 'sum',
      reference: 'loop',
      rounds: 30,
      prepare: async () => ({ loop: () => {}, library: 'not installed' }),
      notes: async () => ({ loop: 'exact' }),
    },
    1,
  )
  if (!('rows' in result)) throw new Error('a comparison has rows')
  expect(result).toMatchObject({ name: 'sum', reference: 'loop', rounds: 1 })
  expect(result.rows[0]).toMatchObject({ candidate: 'loop', ratio: { low: 1, median: 1, high: 1 }, note: 'exact' })
  expect(result.rows[1]).toEqual({ candidate: 'library', absent: 'not installed' })
})

it('compares with the first that is there where the reference is not', async () => {
  const prepare = async () => ({ library: 'not installed', loop: () => {} })
  const result = await runBenchmark({ name: 'sum', reference: 'library', rounds: 1, prepare })
  expect(result).toMatchObject({ reference: 'loop', rows: [{ candidate: 'library', absent: 'not installed' }, { candidate: 'loop', ratio: { median: 1 } }] })
})

it('keeps the quantities of a measurement', async () => {
  const quantities = [{ quantity: 'time', value: 2, unit: 's' }]
  expect(await runBenchmark({ name: 'long work', measure: async () => quantities })).toEqual({ name: 'long work', quantities })
})
