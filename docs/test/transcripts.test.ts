import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { findPages } from '../src/sample.ts'
import { transcriptsOf } from '../src/transcript.ts'
import { writeFixture } from './fixture.ts'

const root = resolve(import.meta.dirname, '..', '..')
const folder = join(root, 'docs', 'dist', 'transcripts')
const transcripts = findPages(root).flatMap(page => transcriptsOf(readFileSync(join(root, page), 'utf8')).map(transcript => ({ page, ...transcript })))

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await writeFixture(folder)
})

test('pages show what the command line prints', () => expect(transcripts.length).toBeGreaterThanOrEqual(5))

test.each(transcripts)('$page: deaddir $argv prints what is shown', ({ argv, output }) => {
  const script = `import { main } from '@dead-directions/cli'; process.exitCode = await main(${JSON.stringify(argv)})`
  const printed = execFileSync(join(root, 'node_modules', '.bin', 'node'), ['--conditions=@dead-directions/source', '--input-type=module', '-e', script], {
    cwd: folder,
    encoding: 'utf8',
  })
  expect(printed).toBe(output)
})
