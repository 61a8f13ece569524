import { expect, test } from 'vitest'
import { monomials } from '../polynomial.ts'
import { finiteMean } from './finite-mean.ts'

test('of a quadratic form is half of s/(s + γ/2) per coordinate', () => {
  // exp(-s x² - γ x²/2): E[s x²] = s / (2 s + γ).
  for (const [scale, localisation] of [[10, 1], [1e4, 1], [1e4, 25]] as const) {
    const mean = finiteMean(monomials([[2, 0], [0, 2]]), scale, localisation)!
    // Both coordinates leave out the share of their mass under e^-14 of 1/√s.
    expect(Math.abs(mean - (2 * scale) / (2 * scale + localisation))).toBeLessThan(2 * Math.exp(-14))
  }
})

test('tends to λ at m = 1 and stays below it by about (m-1)/log s at a crossing', () => {
  expect(Math.abs(finiteMean(monomials([[4, 0], [0, 2]]), 1e8, 1)! - 3 / 4)).toBeLessThan(1e-4)
  for (const scale of [1e4, 1e8, 1e16]) {
    const shortfall = 0.5 - finiteMean(monomials([[2, 2]]), scale, 1)!
    expect(shortfall * Math.log(scale)).toBeGreaterThan(0.7)
    expect(shortfall * Math.log(scale)).toBeLessThan(1)
  }
})

test('is not taken of four variables or of squares of sums', () => {
  expect(finiteMean(monomials([[2, 2, 2, 2]]), 100, 1)).toBeNull()
  expect(finiteMean({ ...monomials([[2]]), squares: [[{ coefficient: 1, exponents: [1] }]] }, 100, 1)).toBeNull()
})
