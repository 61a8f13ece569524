import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readJson, type Tree } from '@nx/devkit'
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing'
import { describe, expect, test, vi } from 'vitest'
import { architectureGenerator } from './generator.ts'

const workspace = resolve(import.meta.dirname, '..', '..', '..', '..')

function workspaceTree(): Tree {
  const tree = createTreeWithEmptyWorkspace()
  const preset = 'packages/dead-directions'
  tree.write('tsconfig.json', '{"files": [], "references": [{"path": "packages/registry/tsconfig.lib.json"}]}')
  tree.write('docs/package.json', '{"devDependencies": {"@dead-directions/arch-linear": "workspace:*"}}')
  tree.write(`${preset}/package.json`, '{"dependencies": {"@dead-directions/arch-linear": "workspace:*", "@dead-directions/plot": "workspace:*"}}')
  for (const part of ['lib', 'spec']) tree.write(`${preset}/tsconfig.${part}.json`, '{"references": [{"path": "../plot/tsconfig.lib.json"}]}')
  tree.write('eslint.config.js', "const layers = {\n  'arch-linear': ['registry'],\n  'dead-directions': ['arch-linear', 'plot'],\n}\n")
  tree.write(`${preset}/src/preset-registry.ts`, "import { linear } from '@dead-directions/arch-linear'\n\nexport const presetRegistry = () => createRegistry().use(linear)\n")
  return tree
}

const text = (tree: Tree, path: string): string => tree.read(path, 'utf8') ?? ''

describe('a new architecture', () => {
  test('has the rooms of the built-in linear one, a test beside each that says something of numbers', () => {
    const tree = workspaceTree()
    architectureGenerator(tree, { name: 'demo' })
    const rooms = tree.children('packages/architectures/demo/src')
    const linear = readdirSync(join(workspace, 'packages/architectures/linear/src'))
    expect(rooms).toEqual(expect.arrayContaining(linear.map(room => room.replace('linear', 'demo'))))
    expect(rooms).toEqual(expect.arrayContaining(['spec.ts', 'spec.test.ts', 'approach.test.ts']))
    expect(tree.children('packages/architectures/demo').toSorted()).toEqual(['README.md', 'package.json', 'src', 'tsconfig.json', 'tsconfig.lib.json', 'tsconfig.spec.json', 'vitest.config.ts'])
    expect(tree.listChanges().filter(({ content }) => /<%|__name__/.test(String(content)))).toEqual([])
  })

  test('has the manifest of the built-in linear one, but for its name and what its tests import', () => {
    const tree = workspaceTree()
    architectureGenerator(tree, { name: 'swish-gate' })
    const own = readJson(tree, 'packages/architectures/swish-gate/package.json')
    expect(own.name).toBe('@dead-directions/arch-swish-gate')
    expect(own.nx).toEqual({ name: 'arch-swish-gate', tags: ['layer:arch-swish-gate'] })
    expect(own.devDependencies).toHaveProperty('@dead-directions/conformance', 'workspace:*')
  })

  test('is wired into the build, the linter, the preset, the docs and the next release', () => {
    const tree = workspaceTree()
    architectureGenerator(tree, { name: 'swish-gate' })
    const folder = 'packages/architectures/swish-gate'
    const references = (path: string): string[] => readJson(tree, path).references.map(({ path }: { path: string }) => path)
    expect(references('tsconfig.json')).toEqual(['packages/registry/tsconfig.lib.json', `${folder}/tsconfig.lib.json`, `${folder}/tsconfig.spec.json`])
    for (const part of ['lib', 'spec']) expect(references(`packages/dead-directions/tsconfig.${part}.json`)).toEqual(['../plot/tsconfig.lib.json', '../architectures/swish-gate/tsconfig.lib.json'])
    expect(Object.keys(readJson(tree, 'packages/dead-directions/package.json').dependencies)).toEqual(['@dead-directions/arch-linear', '@dead-directions/arch-swish-gate', '@dead-directions/plot'])
    expect(readJson(tree, 'docs/package.json').devDependencies).toHaveProperty('@dead-directions/arch-swish-gate')
    expect(text(tree, 'eslint.config.js')).toContain("'arch-swish-gate': ['registry', 'autodiff'],")
    expect(text(tree, 'packages/dead-directions/src/preset-registry.ts')).toContain('.use(linear, swishGate)')
    expect(text(tree, '.changeset/add-arch-swish-gate.md')).toMatch(/^---\n"@dead-directions\/arch-swish-gate": minor\n"@dead-directions\/dead-directions": minor\n---\n/)
  })

  test('tells what to do next once it is written', () => {
    const print = vi.spyOn(console, 'log').mockImplementation(() => {})
    const afterwards = architectureGenerator(workspaceTree(), { name: 'demo' })
    expect(print).not.toHaveBeenCalled()
    afterwards()
    expect(print.mock.calls.join()).toMatch(/pnpm install[^]*pnpm nx test arch-demo/)
    print.mockRestore()
  })

  test('is refused a second time', () => {
    const tree = workspaceTree()
    architectureGenerator(tree, { name: 'demo' })
    const before = text(tree, 'eslint.config.js')
    expect(() => architectureGenerator(tree, { name: 'demo' })).toThrow('name: got "demo", expected a new name')
    expect(text(tree, 'eslint.config.js')).toBe(before)
  })
})
