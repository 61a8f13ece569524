import { expect, test } from 'vitest'
import { fixed, size, withError } from './number-text.ts'

test('what rounds to zero has no sign and no exponent', () => {
  expect([-7e-33, -0, 0.0004, -0.0006].map(value => fixed(value, 3))).toEqual(['0.000', '0.000', '0.000', '-0.001'])
})

test('small sizes have an exponent, others two digits', () => {
  expect([3.4e-6, 0.034, 12.3, 0].map(size)).toEqual(['3.4e-6', '0.034', '12', '0.0'])
})

test('an error too small for three decimals is shown all the same', () => {
  expect(withError(2.0004, 0.0123)).toBe('2.000 ± 0.012')
  expect(withError(2, 3e-6)).toBe('2.000 ± 3e-6')
  expect(withError(2, 4e-17)).toBe('2.000 ± <1e-9')
})
