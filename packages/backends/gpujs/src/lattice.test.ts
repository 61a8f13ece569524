import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { describe, expect, test } from 'vitest'
import { cellCount } from './adaptive-grid.ts'
import { generatorOf, lanes, latticeSteps, mostPoints, placeCount, randomShifts, runLength, walkOrder } from './lattice.ts'

/** Every point of a lattice in shares of each coordinate, by moves of runs, of points within them and of lanes. */
function pointsOf(dimension: number, points: number): number[][] {
  const length = runLength(dimension, points)
  const steps = latticeSteps(dimension, points)
  const placesOf = (lane: number, run: number, j: number): number[] =>
    [...steps].map((step, i) => (run * step + (i === 0 ? lane * (placeCount / lanes) : j * generatorOf(i) * (placeCount / length))) % placeCount)
  const [some, runs] = [Array.from({ length }, (_, j) => j), Array.from({ length: points / length }, (_, run) => run)]
  return Array.from({ length: lanes }, (_, lane) => runs.flatMap(run => some.map(j => placesOf(lane, run, j).map(place => place / placeCount)))).flat()
}

describe('the lattice', () => {
  test.each([
    [1, 1024],
    [2, 1024],
    [3, mostPoints],
    [6, 4096],
  ])('of dimension %i and %i points of a thread divides every coordinate evenly, and holds the sum of any two points', (dimension, points) => {
    const lattice = pointsOf(dimension, points)
    for (let i = 0; i < dimension; i++) {
      const distinct = [...new Set(lattice.map(point => point[i]!))].sort((a, b) => a - b)
      const expected = i > 0 ? points : dimension === 1 ? lanes * points : cellCount
      expect(distinct).toEqual(Array.from({ length: expected }, (_, n) => n / expected))
    }
    const known = new Set(lattice.map(String))
    expect(known.size).toBe(lanes * points)
    for (let n = 0; n < 500; n++) {
      const [a, b] = [lattice[(n * 7919) % lattice.length]!, lattice[(n * n * 104729) % lattice.length]!]
      expect(known.has(String(a.map((x, i) => (x + b[i]!) % 1)))).toBe(true)
    }
  })

  test.each([2, 3, 4])('of dimension %i sums every slow wave to zero', dimension => {
    const lattice = pointsOf(dimension, 1024)
    const waves = Array.from({ length: 9 ** dimension }, (_, n) => Array.from({ length: dimension }, (_, i) => (Math.floor(n / 9 ** i) % 9) - 4))
    const slow = waves.filter(wave => wave.some(h => h !== 0) && wave.reduce((product, h) => product * Math.max(1, Math.abs(h)), 1) <= 12)
    for (const wave of slow) {
      const sum = lattice.reduce((total, point) => total + Math.cos(2 * Math.PI * point.reduce((phase, x, i) => phase + x * wave[i]!, 0)), 0)
      expect(Math.abs(sum), `wave ${wave.join(', ')}`).toBeLessThan(1e-6)
    }
  })
})

test.each([16, 64, 256])('a walk of %i cells reads from any of its cells on what its steps lead to', length => {
  const values = Float64Array.from({ length: cellCount }, (_, k) => k)
  const walk = walkOrder(values, generatorOf(2), length)
  const apart = (generatorOf(2) * (cellCount / length)) % cellCount
  for (let cell = 0; cell < cellCount; cell++) {
    const start = walk.indexOf(cell)
    expect(walk.slice(start, start + length)).toEqual(Array.from({ length }, (_, j) => (cell + j * apart) % cellCount))
  }
})

test('shifts are uniform over the places, and exact in float32 to a part in 2²⁴', () => {
  const shifts = randomShifts(40_000, xoroshiro128plus(3))
  const counts = new Float64Array(16)
  for (const shift of shifts) {
    expect(Number.isInteger(shift * 256)).toBe(true)
    counts[Math.floor((16 * shift) / placeCount)]!++
  }
  // 15 degrees of freedom: 44 is exceeded once in ten thousand times.
  expect(counts.reduce((sum, count) => sum + (count - 2500) ** 2 / 2500, 0)).toBeLessThan(44)
  expect([...shifts].some(shift => !Number.isInteger(shift))).toBe(true)
})
