import { describe, expect, it } from 'vitest'
import { chords, type LogLogPoints } from './local-slopes.ts'
import { geometricGrid } from './geometric-grid.ts'

const logLog = (t: Float64Array, f: (t: number) => number): LogLogPoints => ({ logT: t.map(Math.log), logF: t.map(t => Math.log(f(t))) })

describe('chords', () => {
  it('are the slopes of a power, whatever the spacing, a quarter of a decade long at least', () => {
    for (const perDecade of [2, 4, 10, 100]) {
      const points = logLog(geometricGrid(1e-2, 1, 2 * perDecade + 1), t => 3 * t ** 1.5)
      const curve = chords(points)
      const skip = Math.ceil(perDecade / 4)
      expect(curve.length).toBe(2 * perDecade + 1 - skip)
      for (const { slope, from, to } of curve) {
        expect(slope).toBeCloseTo(1.5, 12)
        expect(to - from).toBe(skip)
      }
    }
  })
})
