import { expect, it } from 'vitest'
import { numberText, powerOfTen, rateText } from './number-text.ts'

it.each([
  [0, '0'], [1, '1'], [0.0012345, '0.00123'], [-2.5, '−2.5'], [12345, '12300'], [1e-4, '10⁻⁴'], [3.2e-15, '3.2·10⁻¹⁵'],
  [9.999e-5, '10⁻⁴'], [1e300, '10³⁰⁰'], [NaN, 'not a number'], [-Infinity, '−∞'],
])('writes %d as %s', (value, text) => {
  expect(numberText(value)).toBe(text)
})

it.each([
  [2, 0.001, '2.000 ± 0.001'], [4.00031, 0.0004, '4.0003 ± 0.0004'], [-2, 0.25, '−2.0 ± 0.3'], [2, 1e-9, '2.000000 ± 10⁻⁹'],
  [2, 0, '2 ± 0'], [1.98765, NaN, '1.988 (no standard error)'], [12, 30, '12.0 ± 30.0'], [NaN, 1, 'not a number'],
])('writes a rate %d with standard error %d as %s', (rate, error, text) => {
  expect(rateText(rate, error)).toBe(text)
})

it('writes exponents as superscripts', () => {
  expect([-308, 0, 17].map(powerOfTen)).toEqual(['10⁻³⁰⁸', '10⁰', '10¹⁷'])
})
