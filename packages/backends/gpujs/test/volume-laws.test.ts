import { fitVolumeLaw, rlct, unitCubeSublevelVolume, type VolumeLaw, volumeTerms } from '@dead-directions/selection-rule'
import { describe, expect, test } from 'vitest'
import { sublevelVolumes, type SublevelVolumes } from '../src/index.ts'

const depths = Array.from({ length: 11 }, (_, i) => 10 ** -(2 + 3 * i))
/** Estimates lie this many standard errors from the truth at most; a normal one goes beyond once in 16,000 times. */
const widest = 4

async function volumes(expression: string, { prior, box = [-1, 1], levels = depths, samples = 2 ** 19 }: { prior?: string; box?: readonly [number, number]; levels?: readonly number[]; samples?: number } = {}): Promise<SublevelVolumes> {
  const { variables, terms, density } = volumeTerms(expression, prior)
  return sublevelVolumes({ terms, density, box: variables.map(() => box) }, levels, { mode: 'webasm', seed: 1, samples })
}

async function lawOf(...asked: Parameters<typeof volumes>): Promise<VolumeLaw> {
  const { levels } = await volumes(...asked)
  // m is at most the number of coordinates.
  const mostMultiplicity = volumeTerms(...([asked[0], asked[1]?.prior] as const)).variables.length
  expect(levels.filter(({ refused }) => refused !== null)).toEqual([])
  const law = fitVolumeLaw(levels.map(({ epsilon }) => epsilon), levels.map(({ volume }) => volume), levels.map(({ standardError }) => standardError), { mostMultiplicity })
  if (law.kind === 'refused') throw new Error(law.reason)
  return law
}

describe('volumes against closed forms', () => {
  test.each([
    [2, 0, 1e-32],
    [3, 0, 1e-32],
    [2, 1, 1e-32],
    [3, 2, 1e-20],
  ])('of {Π x_i < δ} in the unit cube of dimension %i with weight Π x_i^%i, down to ε = δ² = %d', async (r, h, deepest) => {
    const names = ['x', 'y', 'z'].slice(0, r)
    const prior = names.map(name => `${name}^${h}`).join(' ')
    const { levels } = await volumes(names.map(name => `${name}^2`).join(' '), { box: [0, 1], levels: depths.filter(epsilon => epsilon >= deepest), ...(h === 0 ? {} : { prior }) })
    for (const { epsilon, volume, standardError } of levels) {
      expect(Math.abs(volume - unitCubeSublevelVolume(r, Math.sqrt(epsilon), h)), `ε = ${epsilon}`).toBeLessThan(widest * standardError)
      expect(standardError / volume).toBeLessThan(0.05)
    }
  })

  // With v_i = -a_i log x_i the volume is the chance that a sum of exponential waiting times is past log 1/ε.
  test.each([[[4, 2]], [[2, 4, 6]], [[2, 4, 6, 8]]])('of {Π x_i^a_i < ε} in the unit cube with exponents %j, down to ε = 1e-40', async exponents => {
    const exact = (epsilon: number): number =>
      exponents.reduce((sum, a) => sum + epsilon ** (1 / a) * exponents.reduce((product, b) => (b === a ? product : (product * a) / (a - b)), 1), 0)
    const epsilons = [1e-4, 1e-13, 1e-22, 1e-31, 1e-40]
    let [squares, count] = [0, 0]
    for (const seed of [1, 2, 3]) {
      const { levels } = await sublevelVolumes({ terms: [{ coefficient: 1, exponents }], box: exponents.map(() => [0, 1]) }, epsilons, { mode: 'webasm', seed, samples: 2 ** 19 })
      for (const { epsilon, volume, standardError, refused } of levels) {
        expect(refused).toBeNull()
        expect(standardError / volume).toBeLessThan(0.02)
        squares += ((volume - exact(epsilon)) / standardError) ** 2
        count++
      }
    }
    // χ² of 15 is beyond 44 once in ten thousand times.
    expect(count).toBe(15)
    expect(squares).toBeLessThan(44)
  })

  test('of {Π x_i² < ε} as a square on [-1, 1]³, a chain of width one at rank zero, at ε = 1e-41', async () => {
    const { levels } = await sublevelVolumes({ squares: [[{ coefficient: 1, exponents: [1, 1, 1] }]], box: [[-1, 1], [-1, 1], [-1, 1]] }, [1e-8, 1e-20, 1e-41], { mode: 'webasm', seed: 1, samples: 2 ** 20 })
    for (const { epsilon, volume, standardError, refused } of levels) {
      expect(refused).toBeNull()
      expect(Math.abs(volume - 8 * unitCubeSublevelVolume(3, Math.sqrt(epsilon)))).toBeLessThan(widest * standardError)
    }
  })

  test('of a ball in six dimensions, π³ε³/6', async () => {
    const { levels } = await volumes('u^2 + v^2 + w^2 + x^2 + y^2 + z^2', { levels: [1e-2, 1e-8, 1e-16], samples: 2 ** 18 })
    for (const { epsilon, volume, standardError } of levels) {
      expect(Math.abs(volume - (Math.PI ** 3 / 6) * epsilon ** 3)).toBeLessThan(widest * standardError)
      expect(standardError / volume).toBeLessThan(0.02)
    }
  })

  // Row A6: on a family of A5 the Gauss curvature is -1/(k² t^{2(k-1)} (1+t²)²), so {|curvature| > M} is a sublevel set with ε = 1/M.
  test.each([
    ['k = 2, density t: volume × M → 1/8', '4 t^2 (1 + t^2)^2', 't', 1, 1 / 8],
    ['k = 3, density t²: volume × M^(3/4) → 1/(3·9^(3/4))', '9 t^4 (1 + t^2)^2', 't^2', 3 / 4, 1 / (3 * 9 ** 0.75)],
    ['k = 2, Lebesgue: volume × √M → 1/2', '4 t^2 (1 + t^2)^2', '1', 1 / 2, 1 / 2],
  ])('of the high-curvature tube: %s', async (_, curvature, prior, power, limit) => {
    const [deepest] = (await volumes(curvature, { prior, box: [0, 1], levels: [1e-16] })).levels
    const [value, error] = [deepest!.volume, deepest!.standardError].map(size => size / 1e-16 ** power) as [number, number]
    expect(Math.abs(value - limit)).toBeLessThan(widest * error)
    expect(error / limit).toBeLessThan(0.003)
  })
})

describe('λ and m measured from volumes', () => {
  test.each([
    ['x^4 + y^2', 3 / 4, 1, 2 ** 19],
    ['x^2 y^2', 1 / 2, 2, 2 ** 19],
    ['x^4 y^2', 1 / 4, 1, 2 ** 19],
    // Three multiplicities lie closer together than two.
    ['x^2 y^2 z^2', 1 / 2, 3, 2 ** 21],
    ['x^6 + y^4', 5 / 12, 1, 2 ** 19],
    ['x^2 y^2 + x^6 + y^6', 1 / 2, 2, 2 ** 19],
  ])('%s: λ = %d and m = %i of the oracle', async (expression, lambda, multiplicity, samples) => {
    const law = await lawOf(expression, { samples })
    expect(law.multiplicity).toBe(multiplicity)
    expect(Math.abs(law.lambda - lambda)).toBeLessThan(widest * law.standardError)
    expect(law.standardError).toBeLessThan(0.004)
  })

  test('a prior |x|^h turns 1/(2k) into (h+1)/(2k), and can make components tie', async () => {
    const shifted = await lawOf('x^4', { prior: 'x^2' })
    expect(shifted.multiplicity).toBe(1)
    expect(Math.abs(shifted.lambda - 3 / 4)).toBeLessThan(widest * shifted.standardError)
    const tied = await lawOf('x^4 y^2', { prior: '|x|' })
    expect(tied.multiplicity).toBe(rlct('x^4 y^2', { prior: '|x|' }).multiplicity)
    expect(Math.abs(tied.lambda - 1 / 2)).toBeLessThan(widest * tied.standardError)
  })

  // Two directions of order 2 curve as M = t^-2 where K = t⁴ = ε, so ε = M^-2 and an exponent λ of ε is 2λ of 1/M.
  test('the twisted density 4|u³ - v³| gives 5/2 in the exponent of M = ε^(-1/2), where the factorised Fisher density |u v| gives 2 and a flat one 1', async () => {
    const exponents = await Promise.all(['4 u^3 - 4 v^3', 'u v', '1'].map(async prior => lawOf('u^4 + v^4', { prior })))
    ;[5 / 2, 2, 1].forEach((expected, i) => {
      const { lambda, standardError, multiplicity } = exponents[i]!
      expect(multiplicity).toBe(1)
      expect(Math.abs(2 * lambda - expected)).toBeLessThan(widest * 2 * standardError)
    })
    const [twisted, factorised] = exponents
    expect((twisted!.lambda - factorised!.lambda) / Math.hypot(twisted!.standardError, factorised!.standardError)).toBeGreaterThan(100)
  })

  test('is right where the Newton polyhedron gives a bound only', async () => {
    expect(rlct('(x - y)^4 + y^6')).toMatchObject({ exact: false, lambda: 1 / 2 })
    // As squares, since the expansion of (x - y)⁴ cancels: P = (x - y)² and y³.
    const square = [
      [2, 0, 1],
      [1, 1, -2],
      [0, 2, 1],
    ].map(([i, j, coefficient]) => ({ coefficient: coefficient!, exponents: [i!, j!] }))
    const problem = { squares: [square, [{ coefficient: 1, exponents: [0, 3] }]], box: [[-1, 1], [-1, 1]] } as const
    const { levels } = await sublevelVolumes(problem, Array.from({ length: 8 }, (_, i) => 10 ** -(1 + i)), { mode: 'webasm', seed: 1, samples: 2 ** 19 })
    const law = fitVolumeLaw(levels.map(({ epsilon }) => epsilon), levels.map(({ volume }) => volume), levels.map(({ standardError }) => standardError), { mostMultiplicity: 2 })
    expect(law.kind === 'refused' ? law : null).toEqual(null)
    expect(law).toMatchObject({ kind: 'volume law', multiplicity: 1 })
    if (law.kind === 'volume law') expect(Math.abs(law.lambda - 5 / 12)).toBeLessThan(widest * law.standardError)
  })
})
