import { expect, test } from 'vitest'
import { shortened, wrapped } from './wrapped.ts'

test('lines hang under the first word and keep to the width', () => {
  expect(wrapped('note  ', 'one two three four five six', 26)).toBe('note  one two three four\n      five six')
})

test('a word longer than the room gets a line of its own', () => {
  expect(wrapped('', 'a abcdefghijklmnopqrstuvwxyz b', 20)).toBe('a\nabcdefghijklmnopqrstuvwxyz\nb')
})

test('long names keep both ends', () => {
  expect(shortened('body.fc1', 8)).toBe('body.fc1')
  expect(shortened('encoder.block.fc1', 9)).toBe('enco….fc1')
})
