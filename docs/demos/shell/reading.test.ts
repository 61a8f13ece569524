import { expect, test } from 'vitest'
import { agrees, shown } from './reading.ts'

test('an estimate agrees up to its tolerance, refused and unknown ones neither way', () => {
  const line = { name: 'k', estimate: 2.01, error: 0, exact: 2, tolerance: 0.02 }
  expect([agrees(line), agrees({ ...line, tolerance: 0.001 }), agrees({ ...line, exact: null }), agrees({ name: 'k', refused: 'no window' })]).toEqual([true, false, null, null])
})

test.each([
  [0, '0'],
  [-0.25, '−0.25'],
  [1 / 3, '0.333333'],
  [12345.678, '12345.7'],
  [1.5e-7, '1.5·10⁻⁷'],
  [-2e12, '−2·10¹²'],
  [1e-12, '10⁻¹²'],
  [Infinity, 'Infinity'],
])('%d is shown as %s', (value, text) => expect(shown(value)).toBe(text))
