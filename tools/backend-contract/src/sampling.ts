import { chainEnsemble, type GpuMode, sublevelVolumes } from '@dead-directions/backend-gpujs'
import type { SuiteResult } from './contract.ts'

/** An estimate beside the exact value. */
interface Estimate {
  readonly value: number
  readonly standardError: number
  readonly exact: number
  readonly refused: string | null
}

/** Estimates further from the closed form than this many standard errors fail. */
const FURTHEST = 4

const suites: Readonly<Record<string, (mode: GpuMode) => Promise<readonly Estimate[]>>> = {
  /** `vol{x²y² < ε}` on the unit square is `δ (1 - log δ)` with `δ = √ε` (arXiv 2606.05957, row B2). */
  async volumes(mode) {
    const problem = { terms: [{ coefficient: 1, exponents: [2, 2] }], box: [[0, 1], [0, 1]] } as const
    const { levels } = await sublevelVolumes(problem, [1e-4, 1e-10], { mode, seed: 1, samples: 2 ** 17 })
    return levels.map(({ epsilon, volume, standardError, refused }) => ({ value: volume, standardError, refused, exact: Math.sqrt(epsilon) * (1 - Math.log(epsilon) / 2) }))
  },
  /** `E[nβ K]` of `x⁴ + y²` is 3/4 at every temperature (rows B3 and B5). */
  async chains(mode) {
    const problem = { terms: [{ coefficient: 1, exponents: [4, 0] }, { coefficient: 1, exponents: [0, 2] }], box: [[-1, 1], [-1, 1]] } as const
    const { temperatures } = await chainEnsemble(problem, [1e4, 1e8], { mode, seed: 1, chains: 128, burnIn: 300, draws: 300 })
    return temperatures.map(({ energy, standardError, refused }) => ({ value: energy, standardError, refused, exact: 3 / 4 }))
  },
}

/** Sampling kernels in one mode: against closed forms, in standard errors, and twice with the same bits. */
export async function runSampling(mode: GpuMode): Promise<readonly SuiteResult[]> {
  const results: SuiteResult[] = []
  for (const [suite, estimate] of Object.entries(suites)) {
    const once = await estimate(mode)
    const again = await estimate(mode)
    const distances = once.map(({ value, standardError, exact }) => Math.abs(value - exact) / standardError)
    const failures = once.flatMap(({ value, exact, refused }, i) => {
      const own = `estimate ${i + 1} of ${once.length}`
      if (refused !== null) return [`${own}: refused, ${refused}`]
      if (!Object.is(value, again[i]!.value)) return [`${own}: the second run gave other bits`]
      return distances[i]! <= FURTHEST ? [] : [`${own}: ${value} is ${distances[i]!.toFixed(1)} standard errors from ${exact}`]
    })
    results.push({ backend: `gpujs ${mode}`, suite, passed: once.length - failures.length, failures, refused: 0, furthest: Math.max(...distances), tolerance: FURTHEST })
  }
  return results
}
