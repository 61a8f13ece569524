import { describe, expect, test } from 'vitest'
import { sublevelVolumes, type SublevelProblem } from './index.ts'

const parabola: SublevelProblem = { terms: [{ coefficient: 1, exponents: [2] }], box: [[-1, 1]] }
const plane: SublevelProblem = { terms: [{ coefficient: 1, exponents: [2, 2] }], box: [[-1, 1], [-1, 1]] }

describe('sublevelVolumes', () => {
  const ball = (dimension: number): SublevelProblem => ({
    terms: Array.from({ length: dimension }, (_, i) => ({ coefficient: 1, exponents: Array.from({ length: dimension }, (_, j) => (i === j ? 2 : 0)) })),
    box: Array.from({ length: dimension }, () => [-1, 1] as const),
  })

  test.each<[string, SublevelProblem, (epsilon: number) => number]>([
    ['x²y²', plane, epsilon => 4 * Math.sqrt(epsilon) * (1 - Math.log(epsilon) / 2)],
    ['a ball of three dimensions', ball(3), epsilon => (4 / 3) * Math.PI * epsilon ** 1.5],
    ['a ball of six', ball(6), epsilon => (Math.PI ** 3 / 6) * epsilon ** 3],
  ])('the standard error is the scatter over seeds, and the estimate is right on average: %s', async (_, problem, exact) => {
    const deviations = []
    for (let seed = 0; seed < 12; seed++) {
      const { levels } = await sublevelVolumes(problem, [1e-4, 1e-8, 1e-12], { mode: 'webasm', seed, samples: 1 })
      for (const { epsilon, volume, standardError } of levels) deviations.push((volume - exact(epsilon)) / standardError)
    }
    const mean = deviations.reduce((sum, z) => sum + z, 0) / deviations.length
    const spread = Math.sqrt(deviations.reduce((sum, z) => sum + z * z, 0) / deviations.length)
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(36))
    expect(Math.abs(spread - 1)).toBeLessThan(4 / Math.sqrt(72))
  })

  test('points of a lattice say more of a smooth set than as many independent ones', async () => {
    const disc = ball(2)
    const { levels, samples } = await sublevelVolumes(disc, [0.5], { mode: 'webasm', method: 'plain', seed: 1, samples: 1 })
    const share = (Math.PI * 0.5) / 4
    const { volume, standardError } = levels[0]!
    expect(standardError / volume).toBeLessThan(0.1 * Math.sqrt((1 - share) / share / samples))
  })

  test.each(['webasm', 'cpu'] as const)('repeats bit for bit in mode %s, and names the mode', async mode => {
    const [first, again, other] = await Promise.all([1, 1, 2].map(seed => sublevelVolumes(plane, [1e-3, 1e-9], { mode, seed, samples: 1 })))
    expect(again!.levels).toEqual(first!.levels)
    expect(other!.levels).not.toEqual(first!.levels)
    expect(first).toMatchObject({ mode, seed: 1, method: 'importance', samples: 2 ** 21 })
  })

  test('cpu and webasm agree to the rounding of float32', async () => {
    const [cpu, webasm] = await Promise.all((['cpu', 'webasm'] as const).map(mode => sublevelVolumes(plane, [1e-9], { mode, seed: 4, samples: 1 })))
    expect(Math.abs(cpu!.levels[0]!.volume / webasm!.levels[0]!.volume - 1)).toBeLessThan(1e-5)
  })

  test('plain sampling is right where it sees anything, and refuses where it does not', async () => {
    const { levels } = await sublevelVolumes(parabola, [1e-14, 1e-2, 1e-4], { mode: 'webasm', method: 'plain', seed: 1, samples: 2 ** 19 })
    expect(levels.map(({ epsilon }) => epsilon)).toEqual([1e-2, 1e-4, 1e-14])
    for (const { epsilon, volume, standardError } of levels.slice(0, 2)) expect(Math.abs(volume - 2 * Math.sqrt(epsilon))).toBeLessThan(4 * standardError)
    expect(levels[2]!.refused).toMatch(/^(none of 2097152 points has K below ε|the standard error is \d+ % of the volume, 10 % is the most)$/)
  })

  test('a volume as small as 1e-120 keeps its digits', async () => {
    const { levels } = await sublevelVolumes(parabola, [1e-240], { mode: 'webasm', seed: 1, samples: 1 })
    const { volume, standardError, refused } = levels[0]!
    expect(refused).toBeNull()
    expect(Math.abs(volume / 2e-120 - 1)).toBeLessThan((4 * standardError) / volume)
    expect(standardError / volume).toBeLessThan(0.01)
  })

  test('refuses levels below the rounding of float32, and sets too thin for the cells', async () => {
    const far = { terms: [[2, 0, 1], [1, 1, -2], [0, 2, 1]].map(([i, j, c]) => ({ coefficient: c!, exponents: [i!, j!] })), box: [[0, 1], [0, 1]] } as const
    const { levels } = await sublevelVolumes(far, [1e-2, 1e-12], { mode: 'webasm', seed: 1, samples: 1 })
    expect(levels[0]!.refused).toBeNull()
    expect(levels[1]!.refused).toContain('too thin for cells along the coordinates')
    const shifted = { terms: [[2, 1], [1, -1], [0, 0.25]].map(([e, c]) => ({ coefficient: c!, exponents: [e!] })), box: [[0, 1]] } as const
    const fine = await sublevelVolumes(shifted, [1e-3, 1e-10], { mode: 'webasm', seed: 1, samples: 1 })
    expect(fine.levels[0]!.refused).toBeNull()
    expect(fine.levels[1]!.refused).toMatch(/^rounding to float32 changes K\/ε by/)
  })

  test('names the field that is wrong, before anything runs', async () => {
    const options = { mode: 'webasm', seed: 1 } as const
    await expect(sublevelVolumes(plane, [], options)).rejects.toThrow('levels: got [], expected at least one value of ε')
    await expect(sublevelVolumes(plane, [0], options)).rejects.toThrow('levels[0]: got 0, expected a positive number')
    await expect(sublevelVolumes(plane, [1], { ...options, samples: 0.5 })).rejects.toThrow('samples: got 0.5, expected a whole number from 1')
    await expect(sublevelVolumes(plane, [1], { ...options, mode: 'webgpu' })).rejects.toThrow('mode: got "webgpu", expected webasm or cpu, since no WebGPU adapter answers here')
    await expect(sublevelVolumes({ terms: [{ coefficient: 1, exponents: [3] }], box: [[-1, 1]] }, [0.1], options)).rejects.toThrow(/terms: got -\S+, expected K ≥ 0 on the box/)
  })
})
