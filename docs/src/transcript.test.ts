import { expect, test } from 'vitest'
import { transcriptsOf } from './transcript.ts'

test('takes commands with their output up to a blank line or the end of the block', () => {
  const page = ['```', '$ npx deaddir nu 1', 'λ  0.5', 'm  1', '', '$ npx deaddir nu 2 --json', '{}', '```', '', 'words', '```sh', 'npx deaddir read x', '```', ''].join('\n')
  expect(transcriptsOf(page)).toEqual([
    { argv: ['nu', '1'], output: 'λ  0.5\nm  1\n' },
    { argv: ['nu', '2', '--json'], output: '{}\n' },
  ])
})
