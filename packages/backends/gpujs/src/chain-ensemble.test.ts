import { describe, expect, test } from 'vitest'
import { chainEnsemble, type TemperedEnergy } from './chain-ensemble.ts'
import type { SublevelProblem, Term } from './polynomial.ts'

const term = (...exponents: number[]): Term => ({ coefficient: 1, exponents })

/** `E[nβ K]` on the square [-1, 1]² by the midpoint rule in both coordinates. */
function byQuadrature(divergence: (x: number, y: number) => number, beta: number): number {
  const cells = 1500
  let [weight, energy] = [0, 0]
  for (let i = 0; i < cells; i++)
    for (let j = 0; j < cells; j++) {
      const k = beta * divergence((i + 0.5) / cells, (j + 0.5) / cells)
      weight += Math.exp(-k)
      energy += k * Math.exp(-k)
    }
  return energy / weight
}

async function at(problem: SublevelProblem, betas: readonly number[], mode: 'webasm' | 'cpu' = 'webasm', seed = 3): Promise<readonly TemperedEnergy[]> {
  return (await chainEnsemble(problem, betas, { mode, seed, chains: 256, burnIn: 600, draws: 400 })).temperatures
}

function expectNear({ energy, standardError, refused }: TemperedEnergy, expected: number): void {
  expect(refused).toBeNull()
  expect(standardError).toBeLessThan(0.05)
  expect(Math.abs(energy - expected) / standardError).toBeLessThan(4)
}

describe('chainEnsemble', () => {
  const square = [[-1, 1], [-1, 1]] as const

  test('x⁴ + y²: λ = 3/4 at every temperature over six decades (B3, B5)', async () => {
    for (const reading of await at({ terms: [term(4, 0), term(0, 2)], box: square }, [1e4, 1e7, 1e10])) expectNear(reading, 3 / 4)
  })

  test.each([
    ['x²y²', { squares: [[term(1, 1)]], box: square }, (x: number, y: number) => x * x * y * y, [30, 300]],
    ['(x - y²)² + x⁴', { squares: [[term(1, 0), { coefficient: -1, exponents: [0, 2] }]], terms: [term(4, 0)], box: square }, null, [50]],
  ] as const)('%s agrees with quadrature', async (_, problem, divergence, betas) => {
    const exact = divergence ?? ((x: number, y: number) => (x - y * y) ** 2 + x ** 4)
    const readings = await at(problem, betas)
    for (const [i, beta] of betas.entries()) {
      // The second K is not even in x: both halves of the square count.
      const expected = divergence === null ? asymmetric(exact, beta) : byQuadrature(exact, beta)
      expectNear(readings[i]!, expected)
    }
  })

  test('the same seed gives the same bits, another seed others', async () => {
    const problem = { terms: [term(4)], box: [[-1, 1]] } as const
    const once = await at(problem, [1e5])
    expect(await at(problem, [1e5])).toEqual(once)
    expect((await at(problem, [1e5], 'webasm', 4))[0]!.energy).not.toBe(once[0]!.energy)
  })

  test('webasm and cpu agree within their errors', async () => {
    const problem = { terms: [term(4)], box: [[-1, 1]] } as const
    for (const mode of ['webasm', 'cpu'] as const) expectNear((await at(problem, [1e5], mode))[0]!, 1 / 4)
  })

  test('chains that have not left the start are refused', async () => {
    // From the centre of this box the minimum is 49 widths away along a slope that short chains cannot climb down.
    const far = { squares: [[term(1), { coefficient: -9, exponents: [0] }]], box: [[-10, 10]] } as const
    const { temperatures } = await chainEnsemble(far, [1e6], { mode: 'webasm', seed: 1, chains: 64, burnIn: 0, draws: 50 })
    expect(temperatures[0]!.refused).toMatch(/standard errors apart: take a longer burn-in|acceptance/)
  })

  test.each([
    [{ terms: [term(4)], box: [[-1, 1]] as const }, [0], 'inverseTemperatures[0]: got 0, expected a positive number'],
    [{ terms: [term(4)], density: [term(1)], box: [[-1, 1]] as const }, [1], 'density: got'],
  ])('bad input is one clear line', async (problem, betas, message) => {
    await expect(chainEnsemble(problem, betas, { mode: 'webasm', seed: 1 })).rejects.toThrow(message)
  })
})

function asymmetric(divergence: (x: number, y: number) => number, beta: number): number {
  const cells = 1500
  let [weight, energy] = [0, 0]
  for (let i = 0; i < cells; i++)
    for (let j = 0; j < cells; j++) {
      const k = beta * divergence((2 * i + 1) / cells - 1, (j + 0.5) / cells)
      weight += Math.exp(-k)
      energy += k * Math.exp(-k)
    }
  return energy / weight
}
