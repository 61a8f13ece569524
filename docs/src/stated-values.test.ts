import { expect, test } from 'vitest'
import { isAsStated, withStatedValues } from './stated-values.ts'

test.each([
  ['f(1) // 9.5', [9.5]],
  ['f(1) // 19/2, since it is half of 19', [9.5]],
  ['f(1) // -1.5e-3', [-0.0015]],
  ['f(1) // 1e-12, not 0', []],
  ['f(1) // -2 tanh(½)', []],
  ['console.log(f(1)) // 2', []],
  ["f(1) // 'body'", ['body']],
  ["f(1) // ['a', 'b']", [['a', 'b']]],
  ['f(1) // Float64Array [6, 3]', [[6, 3]]],
  ['f(1) // { lambda: 0.5, multiplicity: 2 }', [{ lambda: 0.5, multiplicity: 2 }]],
  ['f(1) // false', [false]],
  ['f(1)\n  .g() // 2\nf(2) // 3', [2, 3]],
  ['f(1) // 0.5 (1 + log 2)', []],
  ['f(1) // 9 · 0.1⁴', []],
  ['f(1) // λ = 19/2', []],
  ['f(1) // 2nd derivative', []],
  ['f(1) // 0.1729… as in the table', []],
  ['const a = f(1) // 2', []],
  ['f(1)\n// 2', []],
])('%j states %j', (code, expected) => {
  expect(withStatedValues(code).values.map(({ value }) => value)).toEqual(expected)
})

test('the checked sample calls stated with the value in the place of the statement', () => {
  expect(withStatedValues("import x from 'y'\nx.map(a => a) // [1]").code).toBe('import x from \'y\'\n;stated(x.map(a => a), [1], "x.map(a => a)") // [1]')
})

test('numbers agree to nine digits, lists entry by entry, objects in the keys stated', () => {
  expect(isAsStated(1 / 3, 0.3333333333)).toBe(true)
  expect(isAsStated(1 / 3, 0.33333)).toBe(false)
  expect(isAsStated('1', 1)).toBe(false)
  expect(isAsStated(NaN, 0)).toBe(false)
  expect(isAsStated(Float64Array.of(1, 2), [1, 2])).toBe(true)
  expect(isAsStated([1, 2, 3], [1, 2])).toBe(false)
  expect(isAsStated({ a: 1, b: 2 }, { a: 1 })).toBe(true)
  expect(isAsStated(null, { a: 1 })).toBe(false)
  expect(isAsStated(undefined, [1])).toBe(false)
})
