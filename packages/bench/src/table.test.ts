import { expect, it } from 'vitest'
import { formatTable, threeDigits } from './table.ts'

it('lines up times, ratios and what is absent', () => {
  const spread = { low: 1.5, median: 2, high: 2.25 }
  const rows = [
    { candidate: 'loop', milliseconds: 182.4, ratio: { low: 1, median: 1, high: 1 } },
    { candidate: 'kernel', milliseconds: 91.2, ratio: spread, note: '16/16' },
    { candidate: 'library', absent: 'not installed' },
  ]
  expect(formatTable({ name: 'product', reference: 'loop', rounds: 9, rows })).toBe(
    [
      'product (9 rounds)',
      'candidate  ms             times as fast as loop  10–90 %    note',
      'loop       182            1.00                   1.00–1.00',
      'kernel     91.2           2.00                   1.50–2.25  16/16',
      'library    not installed',
    ].join('\n'),
  )
})

it('lines up quantities, with counts in full', () => {
  const quantities = [
    { quantity: 'time', value: 26.0831, unit: 's' },
    { quantity: 'calls', value: 25, unit: '' },
  ]
  expect(formatTable({ name: 'readout', quantities })).toBe(['readout', 'time   26.1  s', 'calls  25'].join('\n'))
})

it('shows three digits', () => {
  expect([0.001234, 1.2345, 99.96, 123.4, 12345.6].map(threeDigits)).toEqual(['0.00123', '1.23', '100', '123', '12346'])
})
