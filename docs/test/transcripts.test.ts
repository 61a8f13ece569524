import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { findPages } from '../src/sample.ts'
import { transcriptsOf } from '../src/transcript.ts'

const root = resolve(import.meta.dirname, '..', '..')
const transcripts = findPages(root).flatMap(page => transcriptsOf(readFileSync(join(root, page), 'utf8')).map(transcript => ({ page, ...transcript })))

test('pages show what the command line prints', () => expect(transcripts.length).toBeGreaterThanOrEqual(5))

test.each(transcripts)('$page: deaddir $argv prints what is shown', ({ argv, output }) => {
  const script = `import { main } from '@dead-directions/cli'; process.exitCode = await main(${JSON.stringify(argv)})`
  const printed = execFileSync(join(root, 'node_modules', '.bin', 'node'), ['--conditions=@dead-directions/source', '--input-type=module', '-e', script], {
    cwd: join(root, 'docs'),
    encoding: 'utf8',
  })
  expect(printed).toBe(output)
})
