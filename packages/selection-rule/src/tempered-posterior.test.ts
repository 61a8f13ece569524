import { fromRows } from '@dead-directions/linalg'
import { describe, expect, test } from 'vitest'
import { crossing } from './crossing.ts'
import { smoothFibre } from './smooth-fibre.ts'
import { expectedGeneralisationLoss, freeEnergy, functionalVariance, posteriorPredictions, wbicInverseTemperature } from './tempered-posterior.ts'

/** ∫ f(x) dx over (0, 1), in log x, where the integrands are smooth and vanish at the far end. */
function integral(f: (x: number) => number, steps = 4000): number {
  const depth = 100
  const h = depth / steps
  let sum = 0
  for (let i = 0; i <= steps; i++) {
    const x = Math.exp(-i * h)
    sum += (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * x * f(x)
  }
  return (sum * h) / 3
}

/** Partition function of K = x⁴ + y² on the unit square, and the posterior mean of K. */
function fibre(size: number): { z: number; meanK: number } {
  const [x0, y0] = [integral(x => Math.exp(-size * x ** 4)), integral(y => Math.exp(-size * y * y))]
  const [x1, y1] = [integral(x => x ** 4 * Math.exp(-size * x ** 4)), integral(y => y * y * Math.exp(-size * y * y))]
  return { z: x0 * y0, meanK: x1 / x0 + y1 / y0 }
}

/** The same of K = x²y²: the product p = xy has density -log p. */
function cross(size: number): { z: number; meanK: number } {
  const z = integral(p => -Math.log(p) * Math.exp(-size * p * p))
  return { z, meanK: integral(p => -Math.log(p) * p * p * Math.exp(-size * p * p)) / z }
}

describe('freeEnergy', () => {
  const n = 1e6
  const betas = [0.5, 1, 2]

  test('β E_β[nK] is λ at a smooth fibre, whatever β', () => {
    const { lambda } = smoothFibre({ orders: [2], regular: 1 })
    for (const beta of betas) expect(Math.abs(n * beta * fibre(n * beta).meanK - lambda)).toBeLessThan(1e-9)
  })

  test('differs from the integrated free energy of a smooth fibre by one constant', () => {
    const invariants = smoothFibre({ orders: [2], regular: 1 })
    const gaps = [n, 10 * n, 1000 * n].flatMap(n => betas.map(beta => -Math.log(fibre(n * beta).z) - freeEnergy(invariants, { n, beta, lossAtOptimum: 0 })))
    for (const gap of gaps) expect(Math.abs(gap - gaps[0]!)).toBeLessThan(1e-9)
  })

  test('at a crossing the constant is approached as 1/log n, and β E_β[nK] is λ - (m-1)/log(nβ) to that order', () => {
    const invariants = crossing({ orders: [1, 1] })
    // ∫ (-log p) exp(-N p²) dp = ¼ √(π/N) (log N + γ + 2 log 2) up to e^{-N}.
    const shift = 0.5772156649015329 + 2 * Math.LN2
    for (const size of [1e6, 1e12, 1e24]) {
      const logarithm = Math.log(size)
      const gap = -Math.log(cross(size).z) - freeEnergy(invariants, { n: 1, beta: size, lossAtOptimum: 0 })
      expect(Math.abs(gap - Math.log(4 / Math.sqrt(Math.PI)) + Math.log1p(shift / logarithm))).toBeLessThan(1e-9)
      expect(Math.abs(size * cross(size).meanK - invariants.lambda + 1 / (logarithm + shift))).toBeLessThan(1e-9)
    }
  })

  test('adds the loss of the optimum', () => {
    const regular = { lambda: 1.5, multiplicity: 1 }
    expect(freeEnergy(regular, { n: 100, beta: 0.5, lossAtOptimum: 2 })).toBeCloseTo(100 + 1.5 * Math.log(50), 12)
  })

  test('is refused where it says nothing', () => {
    const regular = { lambda: 1, multiplicity: 1 }
    expect(() => freeEnergy(regular, { n: 1, beta: 0.5, lossAtOptimum: 0 })).toThrow('n: got n times beta of 0.5, expected more than 1')
    expect(() => freeEnergy(regular, { n: 0, beta: 1, lossAtOptimum: 0 })).toThrow('n: got 0, expected an integer of at least 1')
    expect(() => freeEnergy(regular, { n: 9, beta: -1, lossAtOptimum: 0 })).toThrow('beta: got -1, expected a positive number')
    expect(() => freeEnergy(regular, { n: 9, beta: 1, lossAtOptimum: NaN })).toThrow('lossAtOptimum: got NaN, expected a finite number')
  })
})

test('the expected generalisation loss is the growth of the free energy by one observation', () => {
  const { lambda } = smoothFibre({ orders: [2], regular: 1 })
  const growth = Math.log(fibre(1e6).z) - Math.log(fibre(1e6 + 1).z)
  expect(Math.abs(growth / expectedGeneralisationLoss(lambda, 1e6) - 1)).toBeLessThan(1e-5)
})

describe('posteriorPredictions', () => {
  const invariants = smoothFibre({ orders: [2], regular: 1 })
  const n = 1e6

  test('are those of the integrated posterior at every temperature', () => {
    for (const beta of [0.5, 1, 2]) {
      const { expectedDivergence, freeEnergy } = posteriorPredictions(invariants, { beta, observations: n })
      expect(Math.abs(expectedDivergence - n * fibre(n * beta).meanK)).toBeLessThan(1e-9)
      const later = posteriorPredictions(invariants, { beta, observations: 10 * n })
      expect(Math.abs(later.freeEnergy! - freeEnergy! - Math.log(fibre(n * beta).z / fibre(10 * n * beta).z))).toBeLessThan(1e-9)
    }
  })

  test('give the generalisation loss at β = 1 only, and nothing of n where n is not given', () => {
    expect(posteriorPredictions(invariants, { observations: 300 }).generalisationLoss).toBe(0.0025)
    expect(posteriorPredictions(invariants, { beta: 0.5, observations: 300 }).generalisationLoss).toBeNull()
    expect(posteriorPredictions(invariants)).toEqual({ beta: 1, expectedDivergence: 0.75, observations: null, freeEnergy: null, generalisationLoss: null })
  })

  test('are refused out of range', () => {
    expect(() => posteriorPredictions(invariants, { beta: 0 })).toThrow('beta: got 0, expected a positive number')
    expect(() => posteriorPredictions(invariants, { observations: 0.5 })).toThrow('n: got 0.5, expected an integer of at least 1')
    expect(() => posteriorPredictions(invariants, { beta: 0.1, observations: 10 })).toThrow('n: got n times beta of 1, expected more than 1')
  })
})

test('the temperature of WBIC is log n', () => {
  expect(wbicInverseTemperature(1000) * 3 * Math.LN10).toBeCloseTo(1, 14)
  expect(() => wbicInverseTemperature(1)).toThrow('n: got 1, expected an integer of at least 2')
})

describe('functionalVariance', () => {
  test('of N(w, 1) under a flat prior is s² + 1/(2n)', () => {
    const sample = [0.3, -1.2, 2.5, 0.9, -0.4]
    const n = sample.length
    const mean = sample.reduce((a, b) => a + b) / n
    const variance = sample.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n
    // Six draws with the first five moments of the posterior N(mean, 1/n).
    const draws = [0, 0, 0, 0, Math.sqrt(3), -Math.sqrt(3)].map(z => mean + z / Math.sqrt(n))
    const found = functionalVariance(fromRows(draws.map(w => sample.map(x => -((x - w) ** 2) / 2))))
    expect(found).toBeCloseTo(variance + 1 / (2 * n), 13)
  })

  test('names what is missing', () => {
    expect(() => functionalVariance(fromRows([]))).toThrow('logLikelihoods: got 0 draws, expected at least 1')
    expect(() => functionalVariance(fromRows([[0, 1], [0, -Infinity]]))).toThrow('logLikelihoods[1][1]: got -Infinity, expected a finite number')
  })
})
