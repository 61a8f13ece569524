import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decadeFormat, decadeInterval, decadeLabel, decadeTicks } from './decades.ts'
import { textWidth } from './text-layout.ts'

const logs = fc.array(fc.double({ min: -320, max: 308, noNaN: true }), { minLength: 1, maxLength: 20 })

it('holds every value strictly inside at least one decade', () => {
  fc.assert(fc.property(logs, values => {
    const [low, high] = decadeInterval(values)
    expect(high - low).toBeGreaterThan(1 - 1e-9)
    for (const value of values) expect(value > low && value < high).toBe(true)
  }))
})

const rows = fc.record({ along: fc.constantFrom('x' as const, 'y' as const), length: fc.integer({ min: 120, max: 900 }), beyond: fc.constant(14) })

it('gives every interval increasing ticks inside it, whose labels neither touch nor pass the end', () => {
  fc.assert(fc.property(logs, rows, (values, row) => {
    const [low, high] = decadeInterval(values)
    const ticks = decadeTicks([low, high], row)
    expect(ticks.length).toBeGreaterThanOrEqual(1)
    let end = -Infinity
    for (const tick of ticks) {
      expect(tick >= low && tick <= high).toBe(true)
      const half = (row.along === 'x' ? textWidth(decadeLabel(tick), 13) : 13) / 2
      const at = ((tick - low) / (high - low)) * row.length
      expect(at - half).toBeGreaterThan(end)
      end = at + half
    }
    if (row.along === 'x') expect(end).toBeLessThanOrEqual(row.length + row.beyond + 1e-9)
  }))
})

it.each([
  ['every decade where they have room', [-6.2, 0.1], 480, [-6, -5, -4, -3, -2, -1, 0]],
  ['every second where they have not', [-6.2, 0.1], 210, [-6, -4, -2, 0]],
  ['1, 2, 5 between few', [-1.1, 0.9], 480, [-1, Math.log10(0.2), Math.log10(0.5), 0, Math.log10(2), Math.log10(5)]],
  ['1, 3 where those would touch', [-1.1, 0.9], 210, [-1, Math.log10(0.3), 0, Math.log10(3)]],
] as const)('marks %s', (_, interval, length, expected) => {
  const ticks = decadeTicks(interval, { along: 'x', length, beyond: 14 })
  expect(ticks).toHaveLength(expected.length)
  ticks.forEach((tick, i) => expect(tick).toBeCloseTo(expected[i] as number, 12))
})

it('labels ticks with the numbers they stand for', () => {
  expect([-4, 0, Math.log10(2e-3), Math.log10(500), Math.log10(5)].map(decadeLabel)).toEqual(['10⁻⁴', '10⁰', '2·10⁻³', '5·10²', '5·10⁰'])
})

it.each([
  [[-1, Math.log10(0.3), 0], ['0.1', '0.3', '1']],
  [[-1, 0, 1], ['10⁻¹', '10⁰', '10¹']],
  [[-4, Math.log10(2e-4)], ['10⁻⁴', '2·10⁻⁴']],
])('writes the ticks %j of one axis as %j', (ticks, expected) => expect(ticks.map(decadeFormat(ticks))).toEqual(expected))
