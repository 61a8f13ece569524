import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decadeInterval, decadeLabel, decadeTicks } from './decades.ts'

const logs = fc.array(fc.double({ min: -320, max: 308, noNaN: true }), { minLength: 1, maxLength: 20 })

it('holds every value strictly inside at least one decade', () => {
  fc.assert(fc.property(logs, values => {
    const [low, high] = decadeInterval(values)
    expect(high - low).toBeGreaterThan(1 - 1e-9)
    for (const value of values) expect(value > low && value < high).toBe(true)
  }))
})

it('gives every interval from two to ten increasing ticks inside it', () => {
  fc.assert(fc.property(logs, values => {
    const [low, high] = decadeInterval(values)
    const ticks = decadeTicks([low, high])
    expect(ticks.length).toBeGreaterThanOrEqual(2)
    expect(ticks.length).toBeLessThanOrEqual(10)
    ticks.forEach((tick, i) => expect(tick >= low && tick <= high && tick > (ticks[i - 1] ?? -Infinity)).toBe(true))
  }))
})

it('labels ticks with the numbers they stand for', () => {
  expect([-4, 0, Math.log10(2e-3), Math.log10(500), Math.log10(5)].map(decadeLabel)).toEqual(['10⁻⁴', '10⁰', '2·10⁻³', '5·10²', '5·10⁰'])
})
