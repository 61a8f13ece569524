import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { nodeDocument } from '@dead-directions/plot/node'
import { type } from 'arktype'
import { beforeAll, describe, expect, test } from 'vitest'
import { type DemoMeta, metaSchema } from '../demos/shell/meta-schema.ts'
import { agrees, type Compute, type Draw, type Outcome, unwatched } from '../demos/shell/reading.ts'
import { defaultState, queryOf, type State, stateFrom, stepped } from '../demos/shell/state.ts'
import { type Outcome as Run, runSamples } from '../src/run-samples.ts'
import { typeErrors } from '../src/type-errors.ts'
import { writeFixture } from './fixture.ts'

const root = resolve(import.meta.dirname, '..', '..')
const folder = join(root, 'docs', 'demos')
const names = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory() && entry.name !== 'shell').map(({ name }) => name)
const demos = await Promise.all(
  names.map(async name => {
    const { meta } = (await import(`../demos/${name}/meta.ts`)) as { meta: DemoMeta }
    const { compute } = (await import(`../demos/${name}/model.ts`)) as { compute: Compute<State, Outcome> }
    const { draw } = (await import(`../demos/${name}/view.ts`)) as { draw: Draw<State, Outcome> }
    const { code } = (await import(`../demos/${name}/code.ts`)) as { code: (state: State) => string }
    return { name, meta, compute, draw, code }
  }),
)

test('every demo is there', () => expect(names).toHaveLength(13))

describe.each(demos)('$name', ({ name, meta, compute, draw }) => {
  const initial = defaultState(meta)

  test('has metadata that fit the schema, with the name of its folder', () => {
    const checked = metaSchema(meta)
    expect(checked instanceof type.errors ? checked.summary : checked.name).toBe(name)
  })

  test('has a page that shows it', () => {
    const page = join(folder, name, 'index.md')
    expect(existsSync(page) && readFileSync(page, 'utf8')).toContain(`<LiveDemo name="${name}" />`)
  })

  test('reads its own state back from the address', () => {
    const moved = stepped(meta, initial)
    expect(moved).not.toEqual(initial)
    expect(stateFrom(meta, queryOf(meta, moved))).toEqual({ state: moved, problems: [] })
  })

  test('opens with readings that agree with the exact values, and the picture of its thumbnail', async () => {
    const outcome = await compute(initial, unwatched, [])
    expect(outcome.lines.filter(line => agrees(line) === false)).toEqual([])
    const [picture] = draw(outcome, initial, { document: nodeDocument(), width: 480 })
    await expect(`${picture?.svg}\n`).toMatchFileSnapshot(join(folder, name, 'thumbnail.svg'))
  })
})

describe('the code of a demo', () => {
  const place = join(root, 'docs', 'dist', 'demo-code')
  const cases = demos.flatMap(({ name, meta, code }) => {
    const initial = defaultState(meta)
    return [initial, ...others(meta, initial)].map((state, i) => ({ name: `${name} ${queryOf(meta, state)}`, code: code(state), file: join(place, `${name}-${i}.ts`) }))
  })
  let errors: ReadonlyMap<string, readonly string[]>
  let runs: readonly Run[]
  beforeAll(async () => {
    rmSync(place, { recursive: true, force: true })
    mkdirSync(join(place, 'fixture'), { recursive: true })
    for (const { code, file } of cases) writeFileSync(file, `${code}\nexport {}\n`)
    errors = typeErrors(root, cases.map(({ file }) => file))
    await writeFixture(join(place, 'fixture'))
    runs = await runSamples(join(root, 'node_modules', '.bin', 'node'), cases.map(({ file }) => file), join(place, 'fixture'), place)
  }, 300_000)

  test.each(cases)('compiles: $name', ({ file }) => expect(errors.get(file) ?? []).toEqual([]))
  test.each(cases)('runs: $name', ({ file }) => expect(runs.find(run => run.file === file)?.error).toBeNull())
})

/** States that take the other branch of every choice and toggle. */
function others({ parameters }: DemoMeta, initial: State): State[] {
  return parameters.flatMap(parameter => {
    if (parameter.kind === 'toggle') return [{ ...initial, [parameter.name]: !parameter.default }]
    if (parameter.kind === 'choice') return parameter.options.filter(({ value }) => value !== parameter.default).map(({ value }) => ({ ...initial, [parameter.name]: value }))
    return []
  })
}
