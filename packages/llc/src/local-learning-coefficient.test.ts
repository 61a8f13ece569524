import { describe, expect, it, test } from 'vitest'
import { logistic } from '../test/logistic.ts'
import { type NormalForm, normalForms, polynomialLandscape, temperedMean } from '../test/normal-forms.ts'
import type { Landscape, LlcEstimate, LlcOptions, LlcRefusal } from './index.ts'
import { localLearningCoefficient } from './local-learning-coefficient.ts'

async function estimated(landscape: Landscape, options: LlcOptions): Promise<LlcEstimate> {
  const result = await localLearningCoefficient(landscape, options)
  if (result.kind === 'refused') throw new Error(result.reason)
  return result
}

async function refused(landscape: Landscape, options: LlcOptions): Promise<LlcRefusal> {
  const result = await localLearningCoefficient(landscape, options)
  if (result.kind === 'estimate') throw new Error(`${result.lambda}`)
  return result
}

const form = (name: string): NormalForm => normalForms.find(own => own.name === name)!
/** Each xᵢ^p alone in a sum has T = nβ xᵢ^p ~ Gamma(1/p), whatever nβ is. */
const homogeneous = ['x² + y²', 'x⁴ + y²', 'x⁶ + y⁴'].map(form)
const scale = 1000 / Math.log(1000)

describe.each(['sgld', 'sghmc'] as const)('%s', sampler => {
  test.each(normalForms)('is within 3 standard errors of the mean under the exact posterior of $name', async own => {
    const exact = temperedMean(own, scale, 1, own.exponents[0]!.length === 3 ? 0.25 : 0.125)
    const { lambda, standardError } = await estimated(polynomialLandscape(own, 1000), { sampler, seed: 3, draws: 6000 })
    expect(standardError).toBeLessThan(0.02)
    expect(Math.abs(lambda - exact)).toBeLessThan(3 * standardError)
  })

  test.each(homogeneous)('is within 3 standard errors of λ = $lambda on $name under a weak localisation', async own => {
    const { lambda, standardError } = await estimated(polynomialLandscape(own, 1e4), { sampler, seed: 5, draws: 6000, localisation: 1e-3 })
    expect(standardError).toBeLessThan(0.02)
    expect(Math.abs(lambda - own.lambda)).toBeLessThan(3 * standardError)
  })
})

describe('the mean under the exact posterior', () => {
  // The next order is (m-1)/log²(nβ) and, where m = 1 but the exponents of a monomial differ, a power of nβ.
  test.each(normalForms)('of $name tends to λ - (m-1)/log(nβ)', own => {
    const size = 1e24
    const mean = temperedMean(own, size, 1, own.exponents[0]!.length === 3 ? 0.5 : 0.125)
    const logarithm = Math.log(size)
    expect(Math.abs(mean - own.lambda + (own.multiplicity - 1) / logarithm)).toBeLessThan(5 * (own.multiplicity - 1) / logarithm ** 2 + 1e-4)
  })
})

describe('over a decade of temperatures', () => {
  test.each(homogeneous)('λ of $name stays within the error bars', async own => {
    const betas = [0.05, 0.16, 0.5]
    const results = await Promise.all(betas.map(inverseTemperature => estimated(polynomialLandscape(own, 1e4), { inverseTemperature, seed: 2, draws: 6000, localisation: 1e-2 })))
    for (const { lambda, standardError } of results) expect(Math.abs(lambda - own.lambda)).toBeLessThan(3 * standardError)
    for (const { sensitivity } of results) expect(Math.abs(sensitivity.temperature!.value)).toBeLessThan(3 * sensitivity.temperature!.standardError)
  })
})

describe('the sensitivities', () => {
  const own = form('x²y²')
  const step = 0.02
  const slope = (mean: (factor: number) => number): number => (mean(Math.exp(step)) - mean(Math.exp(-step))) / (2 * step)
  test('are the derivatives of the exact posterior mean by the logarithms of γ and β', async () => {
    const { sensitivity } = await estimated(polynomialLandscape(own, 1000), { sampler: 'sghmc', seed: 1, draws: 12_000 })
    const exact = { localisation: slope(factor => temperedMean(own, scale, factor)), temperature: slope(factor => temperedMean(own, scale * factor, 1)) }
    for (const name of ['localisation', 'temperature'] as const) {
      const { value, standardError } = sensitivity[name]!
      expect(standardError).toBeLessThan(0.02)
      expect(Math.abs(value - exact[name])).toBeLessThan(3 * standardError)
    }
  })
})

/** `½ Σ aᵢ wᵢ²`. */
const harmonic = (...curvatures: number[]): Landscape => ({
  centre: new Float64Array(curvatures.length),
  observations: 1000,
  evaluate: w => ({ loss: curvatures.reduce((sum, a, i) => sum + (a * w[i]! ** 2) / 2, 0), gradient: w.map((x, i) => curvatures[i]! * x) }),
})

describe('without Metropolis', () => {
  it.each(['sgld', 'sghmc'] as const)('%s is off by the bias it reports', async sampler => {
    // ε a = 0.3 for both curvatures: each variance is 1/(1 - ε a/4) times too large.
    const [beta, stepSize] = [0.1, 0.003]
    const { lambda, standardError, bias } = await estimated(harmonic(1, 1), { sampler, inverseTemperature: beta, localisation: 1e-3, stepSize, metropolis: false, draws: 20_000 })
    const exact = 1 / (1 - (stepSize * 1000 * beta) / 4)
    expect(Math.abs(lambda - exact)).toBeLessThan(3 * standardError)
    expect(Math.abs(lambda - bias.discretisation - 1)).toBeLessThan(3 * standardError + (exact - 1) ** 2)
  })

  it('is off by the batch noise it reports', async () => {
    const landscape = logistic(400, 3, 5)
    const shared = { sampler: 'sgld', inverseTemperature: 1, localisation: 1, stepSize: 0.002, seed: 1 } as const
    const whole = await estimated(landscape, { ...shared, draws: 10_000, fluctuationDraws: 0 })
    const batches = await estimated(landscape, { ...shared, draws: 10_000, batchSize: 8, fluctuationDraws: 0 })
    const { discretisation, batchNoise } = batches.bias
    expect(batchNoise).toBeGreaterThan(0.01)
    expect(Math.abs(batches.lambda - discretisation - batchNoise - whole.lambda)).toBeLessThan(3 * Math.hypot(batches.standardError, whole.standardError))
    expect(batches.sensitivity.temperature).toBeNull()
  })
})

describe('the singular fluctuation', () => {
  it('is d/2 of a regular model', async () => {
    const { nu } = await estimated(logistic(600, 3, 5), { inverseTemperature: 1, localisation: 1e-2, draws: 3000, fluctuationDraws: 500 })
    expect(nu!.standardError).toBeLessThan(0.15)
    expect(Math.abs(nu!.value - 1.5)).toBeLessThan(3 * nu!.standardError)
  })

  it('is null without losses of single observations', async () => {
    expect((await estimated(harmonic(1), {})).nu).toBeNull()
  })
})

describe('what cannot be trusted is refused', () => {
  it('chains that diverge', async () => {
    const result = await refused(harmonic(1), { stepSize: 1, metropolis: false })
    expect(result).toMatchObject({ cause: 'divergence', reason: 'chain 1 diverged at step size 1', diagnostics: null })
  })

  it('chains that disagree', async () => {
    const { cause, diagnostics } = await refused(harmonic(0.01), { stepSize: 1e-5, draws: 400, burnIn: 0 })
    expect(cause).toBe('r-hat')
    expect(diagnostics!.rHat).toBeGreaterThan(1.05)
  })

  it('steps that are hardly ever accepted', async () => {
    expect((await refused(harmonic(1, 1, 1), { stepSize: 30 })).cause).toBe('acceptance')
  })

  it('steps whose length alone moves the result', async () => {
    expect((await refused(harmonic(1), { stepSize: 0.02, metropolis: false })).cause).toBe('bias')
  })

  it('a point that is no minimum', async () => {
    const tilted: Landscape = { centre: Float64Array.of(1), observations: 1000, evaluate: ([w = 0]) => ({ loss: w ** 2 / 2, gradient: Float64Array.of(w) }) }
    expect((await refused(tilted, {})).cause).toBe('negative')
  })
})

describe('a run', () => {
  it('repeats bit for bit with its seed and not with another', async () => {
    const run = (seed: number) => estimated(harmonic(1, 2), { seed, draws: 400 })
    const [{ trace }, again, other] = [await run(4), await run(4), await run(5)]
    expect(again.trace).toEqual(trace)
    expect(other.trace).not.toEqual(trace)
  })

  it('counts its passes and tells how far it is', async () => {
    const calls: (readonly [number, number])[] = []
    let evaluations = 0
    const counted: Landscape = { ...harmonic(1), evaluate: w => (evaluations++, harmonic(1).evaluate(w, null)) }
    const { passes, trace } = await estimated(counted, { chains: 2, draws: 500, burnIn: 20, onProgress: (done, total) => calls.push([done, total]) })
    expect(passes).toBe(evaluations)
    expect(trace.map(chain => chain.length)).toEqual([500, 500])
    expect(calls.at(-1)).toEqual([1040, 1040])
  })

  it('stops when its signal says so', async () => {
    const controller = new AbortController()
    const running = localLearningCoefficient(harmonic(1), { draws: 1e7, signal: controller.signal })
    setTimeout(() => controller.abort(new Error('enough')), 50)
    await expect(running).rejects.toThrow('enough')
  })
})
