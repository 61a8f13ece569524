import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commands, copyWorkspace, type WorkspaceCopy } from './workspace-copy.ts'

/** Compilers and linters of a busy machine, in ms. */
const timeout = 180_000

describe('a package generated in a copy of the workspace', { timeout }, () => {
  let copy: WorkspaceCopy
  beforeAll(() => {
    copy = copyWorkspace()
    run('nx', 'g', '@dead-directions/tools:architecture', 'demo')
    for (const folder of ['packages/architectures/demo', 'packages/dead-directions', 'docs']) copy.link(folder)
  }, timeout)
  afterAll(() => copy.remove())

  /** A command as its users call it, in the copy; what nx and vitest set for this test's own run stays out. */
  function run(command: string, ...argv: string[]): string {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(NX_|VITEST|NODE_ENV|NODE_OPTIONS)/.test(name))
    const env = { ...Object.fromEntries(inherited), PATH: `${commands}${delimiter}${process.env['PATH']}`, NX_DAEMON: 'false' }
    return execFileSync(join(commands, command), argv, { cwd: copy.root, encoding: 'utf8', env, stdio: 'pipe' })
  }

  test('type-checks, and the preset with it', () => {
    run('node', 'node_modules/typescript-native/bin/tsc', '-b', 'packages/architectures/demo', 'packages/dead-directions')
    expect(existsSync(join(copy.root, 'packages/architectures/demo/dist/demo.js'))).toBe(true)
  })

  test('passes its tests, conformance among them', () => {
    run('vitest', 'run', '--root', 'packages/architectures/demo')
    const results = JSON.parse(readFileSync(join(copy.root, 'packages/architectures/demo/test-results/vitest.json'), 'utf8'))
    expect(results).toMatchObject({ success: true, numFailedTests: 0, numPendingTests: 0 })
    const names = results.testResults.flatMap(({ assertionResults }: { assertionResults: { title: string }[] }) => assertionResults.map(({ title }) => title))
    expect(names).toContain('demo conforms to its rate rule, gauges and kernels')
  })

  test('is a layer of its own, which the preset may import', async () => {
    const { default: config } = await import(pathToFileURL(join(copy.root, 'eslint.config.js')).href)
    const rule = config.flatMap(({ rules }: { rules?: Record<string, unknown[]> }) => (rules?.['@nx/enforce-module-boundaries'] ? [rules['@nx/enforce-module-boundaries'][1]] : []))[0]
    const below = (layer: string): string[] => rule.depConstraints.find(({ sourceTag }: { sourceTag: string }) => sourceTag === `layer:${layer}`)?.onlyDependOnLibsWithTags
    expect(below('arch-demo')).toEqual(['layer:registry', 'layer:autodiff'])
    expect(below('dead-directions')).toContain('layer:arch-demo')
    run('nx', 'lint', 'arch-demo')
  })

  test('is a primitive of the preset', () => {
    const script = "import { presetRegistry } from './packages/dead-directions/src/index.ts'; console.log(presetRegistry().architecture('demo').name)"
    expect(run('node', '--conditions=@dead-directions/source', '--input-type=module', '-e', script)).toBe('demo\n')
  })

  test('is refused a second time, and nothing changes', () => {
    const before = readFileSync(join(copy.root, 'eslint.config.js'), 'utf8')
    expect(() => run('nx', 'g', '@dead-directions/tools:architecture', 'demo')).toThrow('name: got "demo", expected a new name: packages/architectures/demo exists')
    expect(readFileSync(join(copy.root, 'eslint.config.js'), 'utf8')).toBe(before)
  })
})
