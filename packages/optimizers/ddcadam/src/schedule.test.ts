import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkSchedule, rateAt, type Schedule } from './schedule.ts'

const lengths = fc.record({ peak: fc.double({ min: 1e-6, max: 10, noNaN: true }), warmup: fc.integer({ min: 0, max: 20 }), rest: fc.integer({ min: 1, max: 50 }) })

test.each(['linear', 'cosine'] as const)('%s rises in equal parts to its peak, then falls to zero at the end and stays there', kind => {
  fc.assert(
    fc.property(lengths, ({ peak, warmup, rest }) => {
      const total = warmup + rest
      const rates = Array.from({ length: total + 3 }, (_, i) => rateAt({ kind, peak, warmup, total }, i + 1))
      const all = [0, ...rates]
      for (let step = 1; step <= warmup; step++) expect((all[step] as number) - (all[step - 1] as number)).toBeCloseTo(peak / warmup, 10)
      for (let step = warmup + 1; step < all.length; step++) expect(all[step]).toBeLessThan((step === warmup + 1 ? peak : (all[step - 1] as number)) + 1e-15)
      for (const rate of rates.slice(total - 1)) expect(Math.abs(rate)).toBeLessThan(1e-15)
      // Both are symmetric about half of the peak, half way down.
      for (let step = warmup + 1; step < total; step++) expect((all[step] as number) + (all[total + warmup - step] as number)).toBeCloseTo(peak, 10)
    }),
  )
})

test('constant stays at its peak after its warm-up', () => {
  expect([1, 2, 3, 1000].map(step => rateAt({ kind: 'constant', peak: 4, warmup: 2 }, step))).toEqual([2, 4, 4, 4])
  expect(rateAt({ kind: 'constant', peak: 4 }, 1)).toBe(4)
})

test.each([
  [{ kind: 'sine', peak: 1 }, 'learningRate.kind: got "sine", expected constant, linear or cosine'],
  [{ kind: 'constant', peak: -1 }, 'learningRate.peak: got -1, expected a positive number'],
  [{ kind: 'constant', peak: 1, warmup: 0.5 }, 'learningRate.warmup: got 0.5, expected a whole number of at least 0'],
  [{ kind: 'cosine', peak: 1, warmup: 5, total: 5 }, 'learningRate.total: got 5, expected a whole number above the warm-up of 5'],
  [{ kind: 'linear', peak: 1 }, 'learningRate.total: got undefined, expected a whole number above the warm-up of 0'],
])('refuses %j', (schedule, message) => {
  expect(() => checkSchedule(schedule as Schedule)).toThrow(message)
})
