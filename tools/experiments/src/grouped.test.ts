import { expect, test } from 'vitest'
import { grouped } from './grouped.ts'

test('keys and values keep the order in which they come', () => {
  expect([...grouped([3, 10, 1, 12, 7], x => (x < 10 ? 'small' : 'large'))]).toEqual([
    ['small', [3, 1, 7]],
    ['large', [10, 12]],
  ])
})
