import { BadInput } from '@dead-directions/registry'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson } from './strict-json.ts'

const parse = (text: string): unknown => parseJson(new TextEncoder().encode(text), 'a.json')

test('reads any JSON value as it was written', () => {
  const property = fc.property(fc.jsonValue({ maxDepth: 6 }), value => {
    const text = JSON.stringify(value)
    expect(parse(text)).toEqual(JSON.parse(text))
  })
  fc.assert(property)
})

test.each([
  ['{"a": 1, "a": 2}', 'the key a twice'],
  ['{"a": 1, "\\u0061" : 2}', 'the key a twice'],
  ['[{"x": {"__proto__": 1, "b\\"": "a", "__proto__": 1}}]', 'the key __proto__ twice'],
  ['{"a": [}', 'JSON'],
  ['{"a": "', 'JSON'],
  ['{"\\q": 1}', 'JSON'],
  ['', 'JSON'],
  ['['.repeat(1_000_000), 'more than 64 nested brackets'],
])('refuses %.30s in one line', (text, message) => {
  expect(() => parse(text)).toThrow(BadInput)
  expect(() => parse(text)).toThrow(message)
  expect(() => parse(text)).not.toThrow(/\n/)
})

test('allows one key in two objects, and a string that looks like a repeated key', () => {
  expect(parse('[{"a": 1}, {"a": {"a": 2}, "b": "\\"a\\": "}, ["a", "a"]]')).toEqual([{ a: 1 }, { a: { a: 2 }, b: '"a": ' }, ['a', 'a']])
})

test('refuses bytes that are not UTF-8', () => {
  expect(() => parseJson(Uint8Array.of(0x22, 0xff, 0x22), 'a.json')).toThrow('a.json: got "bytes that are not UTF-8", expected UTF-8 text')
})
