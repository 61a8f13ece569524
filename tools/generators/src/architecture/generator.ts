import { join } from 'node:path'
import { generateFiles, type Tree } from '@nx/devkit'
import { namesOf } from './names.ts'
import { wireIn } from './wiring.ts'

/** What `nx g @dead-directions/tools:architecture` takes. */
export interface ArchitectureOptions {
  /** The primitive's name in kebab-case. */
  readonly name: string
}

/**
 * A new architecture package: a square linear map to begin with, which builds and conforms, wired into the workspace.
 *
 * @returns what to do once the files are written: it prints the next steps
 * @throws RangeError for a name that cannot be used; nothing is written then
 */
export function architectureGenerator(tree: Tree, options: ArchitectureOptions): () => void {
  const names = namesOf(tree, options.name)
  generateFiles(tree, join(import.meta.dirname, 'files'), names.folder, { ...names })
  tree.write(`.changeset/add-arch-${names.name}.md`, changeset(names.packageName, names.name))
  wireIn(tree, names)
  return () => console.log(nextSteps(names.name, names.folder))
}

function changeset(packageName: string, name: string): string {
  return `---\n"${packageName}": minor\n"@dead-directions/dead-directions": minor\n---\n\nAdd the ${name} primitive, and the preset registers it.\n`
}

function nextSteps(name: string, folder: string): string {
  return `
Next:
  1. pnpm install
  2. pnpm nx test arch-${name}        it conforms as it is: x ↦ W x
  3. in ${folder}/src change forward, then approach.ts, rate.ts and gauges.ts until it conforms again
  4. say in .changeset/add-arch-${name}.md and in the README what it is`
}
