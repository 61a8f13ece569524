import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Outcome, runSamples } from '../src/run-samples.ts'
import { findSamples } from '../src/sample.ts'
import { withStatedValues } from '../src/stated-values.ts'
import { typeErrors } from '../src/type-errors.ts'
import { writeFixture } from './fixture.ts'

const root = resolve(import.meta.dirname, '..', '..')
const folder = join(root, 'docs', 'dist', 'samples')
const samples = findSamples(root)
const complete = samples
  .filter(({ fragment }) => !fragment)
  .map(({ source, code }, i) => {
    const name = `${i}-${source.replace(/[^a-zA-Z0-9]+/g, '-')}.ts`
    const { code: runnable, values } = withStatedValues(code)
    return { source, code, runnable, values, shown: join(folder, 'shown', name), run: join(folder, 'run', name) }
  })

/** Milliseconds for all samples together, on a machine that has other work. */
const patience = 300_000

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true })
  for (const place of ['shown', 'run', 'fixture']) mkdirSync(join(folder, place), { recursive: true })
  for (const { code, runnable, shown, run } of complete) {
    writeFileSync(shown, `${code}\nexport {}\n`)
    writeFileSync(run, `${runnable}\nexport {}\n`)
  }
})

test('pages and docstrings have samples, and comments in them state values', () => {
  expect(complete.filter(({ source }) => source.includes('.md:')).length).toBeGreaterThan(20)
  expect(complete.filter(({ source }) => source.includes('.ts:')).length).toBeGreaterThan(70)
  expect(complete.flatMap(({ values }) => values).length).toBeGreaterThan(60)
})

test('no @example of the sources is left out', () => {
  const files = new Set(samples.map(({ source }) => source.replace(/:\d+$/, '')).filter(path => path.endsWith('.ts')))
  const lines = [...files].reduce((total, path) => total + (readFileSync(join(root, path), 'utf8').match(/@example/g) ?? []).length, 0)
  expect(samples.filter(({ source }) => source.includes('.ts:')).length).toBe(lines)
})

test('only these samples are fragments', () => {
  expect(samples.filter(({ fragment }) => fragment).map(({ source }) => source.replace(/:\d+$/, ''))).toEqual([])
})

describe('every sample', () => {
  let errors: ReadonlyMap<string, readonly string[]>
  let outcomes: readonly Outcome[]
  beforeAll(async () => {
    errors = typeErrors(root, complete.map(({ shown }) => shown))
    await writeFixture(join(folder, 'fixture'))
    outcomes = await runSamples(join(root, 'node_modules', '.bin', 'node'), complete.map(({ run }) => run), join(folder, 'fixture'), folder)
  }, patience)

  test.each(complete)('compiles: $source', ({ shown }) => expect(errors.get(shown) ?? []).toEqual([]))
  test.each(complete)('runs and gives what it states: $source', ({ run }) => expect(outcomes.find(({ file }) => file === run)?.error).toBeNull())
})
