import { expect, test } from 'vitest'
import { samplesOfPage, samplesOfSource } from './sample.ts'

test('takes the ts blocks of a page with the line their code begins on', () => {
  const page = ['# Title', '```sh', 'ls', '```', '```ts', 'one', '```', 'words', '```ts fragment', 'two', 'three', '```', '```tsx', 'no', '```', ''].join('\n')
  expect(samplesOfPage(page, 'a.md')).toEqual([
    { source: 'a.md:6', code: 'one\n', fragment: false },
    { source: 'a.md:10', code: 'two\nthree\n', fragment: true },
  ])
})

test('takes every example of a docstring, up to the next tag, fenced or not', () => {
  const file = ['/**', ' * Words.', ' * @example', ' * f({', ' *   a: 1,', ' * })', ' * @throws never', ' * @example', ' * ```ts', ' * g()', ' * ```', ' */', 'const a = 1', '/** None. */'].join('\n')
  expect(samplesOfSource(file, 'a.ts')).toEqual([
    { source: 'a.ts:4', code: 'f({\n  a: 1,\n})\n', fragment: false },
    { source: 'a.ts:9', code: '\ng()\n', fragment: false },
  ])
})

test('leaves an @example in the middle of a line alone', () => {
  expect(samplesOfSource('/**\n * Has no @example\n */', 'a.ts')).toEqual([])
})
