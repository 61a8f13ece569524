import { type Tree, updateJson } from '@nx/devkit'
import { withLayer, withPlugin } from './insertions.ts'
import type { Names } from './names.ts'

const preset = 'packages/dead-directions'

/** Makes a new primitive known to the build, the linter, the preset and the samples' tests. */
export function wireIn(tree: Tree, { name, identifier, packageName, folder }: Names): void {
  addReferences(tree, 'tsconfig.json', [`${folder}/tsconfig.lib.json`, `${folder}/tsconfig.spec.json`])
  for (const part of ['lib', 'spec']) addReferences(tree, `${preset}/tsconfig.${part}.json`, [`../architectures/${name}/tsconfig.lib.json`])
  addDependency(tree, `${preset}/package.json`, 'dependencies', packageName)
  // The docs run every sample, so they import every package that shows one.
  if (tree.exists('docs/package.json')) addDependency(tree, 'docs/package.json', 'devDependencies', packageName)
  edit(tree, 'eslint.config.js', text => withLayer(text, name))
  edit(tree, `${preset}/src/preset-registry.ts`, text => withPlugin(text, packageName, identifier))
}

function addReferences(tree: Tree, path: string, added: readonly string[]): void {
  updateJson(tree, path, (config: { references: readonly { path: string }[] }) => ({ ...config, references: [...config.references, ...added.map(path => ({ path }))] }))
}

function addDependency(tree: Tree, path: string, kind: 'dependencies' | 'devDependencies', packageName: string): void {
  updateJson(tree, path, (manifest: Readonly<Record<string, Readonly<Record<string, string>>>>) => {
    const all = Object.entries({ ...manifest[kind], [packageName]: 'workspace:*' })
    return { ...manifest, [kind]: Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1))) }
  })
}

function edit(tree: Tree, path: string, change: (text: string) => string): void {
  tree.write(path, change(tree.read(path, 'utf8') ?? ''))
}
