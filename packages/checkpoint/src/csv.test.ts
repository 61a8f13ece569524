import { BadInput } from '@dead-directions/registry'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCsv } from './csv.ts'

test.each([
  ['a header', 'a,b\n1,2\n3,4\n'],
  ['no header', '1,2\n3,4'],
  ['a header with commas and lines in quotes', '"a, in cm","b\nof c"\n1,2\n3,4\n'],
  ['quoted numbers, spaces, signs, exponents', '"1", +2.0\n .3e1 ,400E-2\n'],
  ['carriage returns and a byte order mark', '\ufeffa,b\r\n1,2\r\n3,4\r\n'],
  ['blank lines', '\n1,2\n\n3,4\n\n'],
])('reads %s', (_, text) => {
  expect(parseCsv(text, 2, 'inputs x.csv')).toEqual({ rows: 2, cols: 2, data: Float64Array.of(1, 2, 3, 4) })
})

test('reads every finite float64 that JavaScript prints', () => {
  const row = fc.float64Array({ minLength: 3, maxLength: 3, noNaN: true, noDefaultInfinity: true })
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 9 }), matrix => {
      const values = matrix.flatMap(each => [...each]).map(value => value + 0)
      expect(parseCsv(matrix.map(each => each.join(',')).join('\n'), 3, 'x').data).toEqual(Float64Array.from(values))
    }),
  )
})

test.each([
  ['', 'inputs x.csv rows: got 0, expected at least one'],
  ['a,b\n', 'inputs x.csv rows: got 0, expected at least one'],
  ['1,2,3\n', 'inputs x.csv columns: got 3, expected 2'],
  ['a;b\n1;2\n', 'inputs x.csv columns: got 1, expected 2'],
  ['a,b\n1,2\n3\n', 'inputs x.csv line 3 columns: got 1, expected 2'],
  ['1,2\n\n3,x\n', 'inputs x.csv line 3 column 2: got "x", expected a finite number'],
  ['1,x\n3,4\n', 'inputs x.csv line 1 column 2: got "x", expected a finite number'],
  ['1,2\n3,\n', 'inputs x.csv line 2 column 2: got "", expected a finite number'],
  ['1,2\n3,nan\n', 'inputs x.csv line 2 column 2: got "nan", expected a finite number'],
  ['nan,inf\n3,4\n', 'inputs x.csv line 1 column 1: got "nan", expected a finite number'],
  ['1,2\n-Infinity,4\n', 'inputs x.csv line 2 column 1: got "-Infinity", expected a finite number'],
  ['1,2\n1e999,4\n', 'inputs x.csv line 2 column 1: got "1e999", expected a finite number'],
  ['1,2\n0x10,4\n', 'inputs x.csv line 2 column 1: got "0x10", expected a finite number'],
  ['1,2\n"3,4\n', 'inputs x.csv line 2: got "Quoted field unterminated", expected comma-separated numbers'],
])('refuses %j in one line', (text, message) => {
  const parse = (): unknown => parseCsv(text, 2, 'inputs x.csv')
  expect(parse).toThrow(BadInput)
  expect(parse).toThrow(message)
  expect(parse).not.toThrow(/\n/)
})

test('any text gives finite numbers of the width asked for, or bad input', () => {
  const text = fc.string({ unit: fc.constantFrom('1', '-', '.', 'e', ',', '\n', '\r', '"', ' ', 'a', '\0') })
  const property = fc.property(text, content => {
    try {
      const { rows, data } = parseCsv(content, 2, 'x')
      expect(data.length).toBe(2 * rows)
      expect(data.every(Number.isFinite)).toBe(true)
    } catch (error) {
      if (!(error instanceof BadInput)) throw error
    }
  })
  fc.assert(property, { numRuns: 2000 })
})
